using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Railgun.Listener.Clients;

namespace Railgun.Fuzz.Targets;

/// <summary>
/// What may come first on a client's connection where a balancer speaks the PROXY protocol. What was decided stays so whatever follows; nothing was decided before by fewer bytes; and
/// the client's address is the same when the header is written anew, in either version.
/// </summary>
internal sealed class ProxyTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "proxy";

    /// <inheritdoc/>
    public int MaxInput => ProxyHeader.MaxLength + 64;

    /// <inheritdoc/>
    public long MaxAllocated => 8 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        foreach (string line in (string[])
            ["PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\nGET / HTTP/1.1\r\n", "PROXY TCP6 2001:db8::1 ::ffff:192.0.2.1 1 65535\r\n", "PROXY UNKNOWN\r\n",
             "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", "PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n", "PROXY TCP4 010.1.1.1 1.1.1.1 01 2\r\n"])
        {
            yield return Encoding.Latin1.GetBytes(line);
        }

        yield return Write(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 56324), 0);
        yield return Write(new IPEndPoint(IPAddress.Parse("2001:db8::1"), 1), 40);
        yield return [.. Write(new IPEndPoint(IPAddress.Loopback, 80), 0)[..12], 0x20, 0, 0, 0, 0x16, 3, 1];
        yield return Write(new IPEndPoint(IPAddress.Loopback, 80), 2048 - 12);
        yield return Write(new IPEndPoint(IPAddress.Loopback, 80), 2048 - 11);
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        ProxyHeaderStatus status = ProxyHeader.TryRead(input, out int length, out IPEndPoint? client);
        int decided = Decided(input, status);
        for (int prefix = 0; prefix <= input.Length; prefix++)
        {
            ProxyHeaderStatus then = ProxyHeader.TryRead(input.AsSpan(0, prefix), out int thenLength, out IPEndPoint? thenClient);
            bool isSame = prefix < decided ? then == ProxyHeaderStatus.More : then == status && thenLength == length && Equals(thenClient, client);
            FuzzFailureException.ThrowUnless(isSame, "fewer bytes decide otherwise");
        }

        FuzzFailureException.ThrowUnless(status != ProxyHeaderStatus.More || input.Length < ProxyHeader.MaxLength, "it waits for more than the longest header");
        if (status == ProxyHeaderStatus.Done)
        {
            FuzzFailureException.ThrowUnless(length > 0 && length <= input.Length && length <= ProxyHeader.MaxLength, $"its length is {length}");
            FuzzFailureException.ThrowUnless(decided == length, "it is done before or after its end");
        }

        if (client is not null)
        {
            CheckAgain(client, Write(client, input.Length % 64));
            CheckAgain(client, WriteLine(client));
        }
    }

    // The first prefix that is decided on: by halving, as the loop above then holds each prefix to it.
    private static int Decided(byte[] input, ProxyHeaderStatus status)
    {
        if (status == ProxyHeaderStatus.More)
        {
            return input.Length + 1;
        }

        (int low, int high) = (0, input.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ProxyHeader.TryRead(input.AsSpan(0, middle), out _, out _) == ProxyHeaderStatus.More ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static void CheckAgain(IPEndPoint client, byte[] header)
    {
        ProxyHeaderStatus status = ProxyHeader.TryRead(header, out int length, out IPEndPoint? again);
        FuzzFailureException.ThrowUnless(status == ProxyHeaderStatus.Done && length == header.Length && client.Equals(again), "written anew it is another client");
    }

    private static byte[] WriteLine(IPEndPoint client)
    {
        bool isOld = client.AddressFamily == AddressFamily.InterNetwork;
        return Encoding.Latin1.GetBytes($"PROXY {(isOld ? "TCP4" : "TCP6")} {client.Address} {(isOld ? "192.0.2.1" : "::1")} {client.Port} 1\r\n");
    }

    private static byte[] Write(IPEndPoint client, int notes)
    {
        byte[] address = client.Address.GetAddressBytes();
        byte[] header = [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x21, (byte)(address.Length == 4 ? 0x11 : 0x21), 0, 0, .. address, .. address, 0, 0, 0, 80, .. new byte[notes]];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), (ushort)(header.Length - 16));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(16 + (2 * address.Length)), (ushort)client.Port);
        return header;
    }
}
