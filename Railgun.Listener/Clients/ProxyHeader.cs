using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Railgun.Listener.Clients;

/// <summary>
/// The header of the PROXY protocol, as haproxy's <c>proxy-protocol.txt</c> has it:
/// <code>
///   v1:  PROXY TCP4|TCP6 source destination sourcePort destinationPort CR LF, or PROXY UNKNOWN … CR LF; at most 107 bytes
///   v2:  signature(12) version+command(1) family(1) length(2) addresses and more(length)
/// </code>
/// </summary>
internal static class ProxyHeader
{
    /// <summary>The longest header that is read: addresses take 36 bytes, the rest are the balancer's own notes.</summary>
    public const int MaxLength = 16 + MaxPayload;

    private const int MaxLine = 107;
    private const int MaxPayload = 2048;
    private const int Fixed = 16;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">What has come.</param>
    /// <param name="length">Its length, when done.</param>
    /// <param name="client">The client's address; null where the balancer speaks for itself or does not know.</param>
    public static ProxyHeaderStatus TryRead(ReadOnlySpan<byte> bytes, out int length, out IPEndPoint? client)
    {
        client = null;
        length = 0;
        return bytes.IsEmpty ? ProxyHeaderStatus.More
            : bytes[0] == (byte)'P' ? ReadLine(bytes, ref length, ref client)
            : ReadBinary(bytes, ref length, ref client);
    }

    private static ProxyHeaderStatus ReadLine(ReadOnlySpan<byte> bytes, ref int length, ref IPEndPoint? client)
    {
        ReadOnlySpan<byte> word = "PROXY "u8;
        if (!bytes[..Math.Min(bytes.Length, word.Length)].SequenceEqual(word[..Math.Min(bytes.Length, word.Length)]))
        {
            return ProxyHeaderStatus.Refused;
        }

        int end = bytes[..Math.Min(bytes.Length, MaxLine)].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return bytes.Length < MaxLine ? ProxyHeaderStatus.More : ProxyHeaderStatus.Refused;
        }

        length = end + 2;
        string[] parts = Encoding.Latin1.GetString(bytes[word.Length..end]).Split(' ');
        if (parts[0] == "UNKNOWN")
        {
            return ProxyHeaderStatus.Done;
        }

        AddressFamily family = parts[0] == "TCP4" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        bool isRight = parts is ["TCP4" or "TCP6", _, _, _, _]
            && IsAddress(parts[1], family) && IsAddress(parts[2], family) && IsPort(parts[3], out _) && IsPort(parts[4], out _);
        if (!isRight)
        {
            return ProxyHeaderStatus.Refused;
        }

        IsPort(parts[3], out ushort port);
        client = new IPEndPoint(IPAddress.Parse(parts[1]), port);
        return ProxyHeaderStatus.Done;
    }

    private static ProxyHeaderStatus ReadBinary(ReadOnlySpan<byte> bytes, ref int length, ref IPEndPoint? client)
    {
        int known = Math.Min(bytes.Length, Signature.Length);
        if (!bytes[..known].SequenceEqual(Signature[..known]))
        {
            return ProxyHeaderStatus.Refused;
        }

        if (bytes.Length < Fixed)
        {
            return ProxyHeaderStatus.More;
        }

        int payload = BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (bytes[12] is not (0x20 or 0x21) || payload > MaxPayload)
        {
            return ProxyHeaderStatus.Refused;
        }

        if (bytes.Length < Fixed + payload)
        {
            return ProxyHeaderStatus.More;
        }

        length = Fixed + payload;
        bool isProxied = bytes[12] == 0x21;
        return isProxied ? ReadAddresses(bytes[13], bytes.Slice(Fixed, payload), ref client) : ProxyHeaderStatus.Done;
    }

    private static ProxyHeaderStatus ReadAddresses(byte family, ReadOnlySpan<byte> payload, ref IPEndPoint? client)
    {
        const byte TcpOverIp4 = 0x11;
        const byte TcpOverIp6 = 0x21;
        int size = family switch { TcpOverIp4 => 4, TcpOverIp6 => 16, _ => 0 };
        if (size == 0)
        {
            // Unix sockets, datagrams and what is to come: there is no address that HTTP could name.
            return ProxyHeaderStatus.Done;
        }

        if (payload.Length < (size * 2) + 4)
        {
            return ProxyHeaderStatus.Refused;
        }

        client = new IPEndPoint(new IPAddress(payload[..size]), BinaryPrimitives.ReadUInt16BigEndian(payload[(size * 2)..]));
        return ProxyHeaderStatus.Done;
    }

    // Both families have forms that other parsers read differently: an IPv4 address is four numbers, an IPv6 address has no zone.
    private static bool IsAddress(string text, AddressFamily family) =>
        IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == family
        && (family == AddressFamily.InterNetworkV6 ? !text.Contains('%', StringComparison.Ordinal) && text[0] != '[' : address.ToString() == text);

    private static bool IsPort(string text, out ushort port) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
}
