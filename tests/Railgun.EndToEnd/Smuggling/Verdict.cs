using System.Buffers.Binary;
using System.Net.Sockets;
using System.Net;
using System.Text;
using Railgun.TestKit;

namespace Railgun.EndToEnd.Smuggling;

/// <summary>What became of a payload at the client's side.</summary>
/// <param name="Status">The status of the only answer; 0 without one, -1 where there are several.</param>
/// <param name="StreamReset">HTTP/2: whether the stream was reset, or the connection given up.</param>
/// <param name="Closed">Whether the listener closed the connection.</param>
internal sealed record Verdict(int Status, bool StreamReset, bool Closed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends a payload of HTTP/1.1 and reads to the connection's end, unless it is served.</summary>
    public static async Task<Verdict> OfH1Async(int port, Payload payload)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(payload.Bytes);
        var answer = new MemoryStream();
        bool closed = await ReadAsync(socket, answer, static bytes => Encoding.Latin1.GetString(bytes).Contains("HTTP/1.1 200", StringComparison.Ordinal));
        string text = Encoding.Latin1.GetString(answer.ToArray());
        int answers = text.Split("HTTP/1.1 ").Length - 1;
        return new Verdict(answers switch { 0 => 0, 1 => int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), _ => -1 }, false, closed);
    }

    /// <summary>Sends a payload of HTTP/2 and reads until its stream has come to an end, one way or the other.</summary>
    public static async Task<Verdict> OfH2Async(int port, Payload payload)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(H2Frames.Preface);
        await socket.SendAsync(payload.Bytes);
        var answer = new MemoryStream();
        bool closed = await ReadAsync(socket, answer, static bytes => Frames(bytes).Any(IsEnd));
        List<(byte Type, byte Flags, int Stream, byte[] Payload)> frames = [.. Frames(answer.ToArray())];
        byte[]? head = frames.FirstOrDefault(f => f.Type == H2Frames.Headers).Payload;
        return new Verdict(head is null ? 0 : StatusOf(head), frames.Any(f => f.Type is H2Frames.RstStream or H2Frames.GoAway), closed);
    }

    private static bool IsEnd((byte Type, byte Flags, int Stream, byte[] Payload) frame) =>
        frame.Type is H2Frames.RstStream or H2Frames.GoAway || (frame.Type is H2Frames.Data or H2Frames.Headers && (frame.Flags & H2Frames.EndStream) != 0);

    // RFC 7541: a change of the table's size may stand first; then an entry of the static table, 8 to 14, has the statuses that servers use.
    private static int StatusOf(byte[] block)
    {
        int first = block.FirstOrDefault(b => (b & 0xE0) != 0x20);
        return first switch { 0x88 => 200, 0x8C => 400, 0x8D => 404, 0x8E => 500, _ => 999 };
    }

    private static IEnumerable<(byte Type, byte Flags, int Stream, byte[] Payload)> Frames(byte[] bytes)
    {
        for (int at = 0; at + 9 <= bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)) >> 8;
            if (at + 9 + length > bytes.Length)
            {
                yield break;
            }

            yield return (bytes[at + 3], bytes[at + 4], BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 5)), bytes[(at + 9)..(at + 9 + length)]);
            at += 9 + length;
        }
    }

    private static async Task<bool> ReadAsync(Socket socket, MemoryStream to, Func<byte[], bool> isEnough)
    {
        byte[] buffer = new byte[16 * 1024];
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (!isEnough(to.ToArray()))
            {
                int read = await socket.ReceiveAsync(buffer, limit.Token);
                if (read == 0)
                {
                    return true;
                }

                to.Write(buffer, 0, read);
            }
        }
        catch (SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            // Still open.
        }

        return false;
    }
}
