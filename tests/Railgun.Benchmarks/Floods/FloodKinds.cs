using System.Text;
using Railgun.TestKit;

namespace Railgun.Benchmarks.Floods;

/// <summary>The floods, most of them with names of their own in lists of vulnerabilities.</summary>
internal static class FloodKinds
{
    private const int Few = 4;
    private const int Many = 500;
    private const int Batch = 100;
    private const byte Padded = 8;

    private static readonly (string Name, string Value)[] Head = [(":method", "GET"), (":scheme", "http"), (":authority", "a.example"), (":path", "/")];

    // A batch in a millisecond or two: without a pause the flood takes the processors that it shares with those it floods.
    private static readonly TimeSpan Steadily = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Slowly = TimeSpan.FromSeconds(1);

    // Longer than either has patience with the slow (30 s with heads).
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(36);

    /// <summary>All of them.</summary>
    public static IEnumerable<Flood> All =>
    [
        new("rapid reset", true, Few, [], ResetBatch, Steadily),
        new("continuation without end", true, Few, Begun, static _ => Continuations, Steadily),
        new("settings", true, Few, [], Repeated(static frames => frames.Add(H2Frames.Settings, 0, 0, [])), Steadily),
        new("pings", true, Few, [], Repeated(static frames => frames.Add(H2Frames.Ping, 0, 0, new byte[8])), Steadily),
        new("header bomb", true, Few, Bomb(1, first: true), static i => Bomb((2 * i) + 3, first: false), Steadily),
        new("empty data", true, Few, Posted, Repeated(static frames => frames.Add(H2Frames.Data, 0, 1, [])), Steadily),
        new("data of padding only", true, Few, Posted, Repeated(static frames => frames.Add(H2Frames.Data, Padded, 1, [3, 0, 0, 0])), Steadily),
        new("room for nothing", true, Few, [], Repeated(static frames => frames.Add(H2Frames.WindowUpdate, 0, 0, [0, 0, 0, 1])), Steadily),
        new("streams beyond the limit", true, Few, [], PostBatch, Steadily),
        new("answers not taken", true, Few, NoWindow, AskBatch, Steadily),
        new("slow heads", false, Many, "GET / HTTP/1.1\r\nHost: a.example\r\nX: "u8.ToArray(), static _ => "x"u8.ToArray(), Slowly) { Least = Patience },
        new("slow bodies", false, Many, "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1000000\r\n\r\n"u8.ToArray(), static _ => "x"u8.ToArray(), Slowly) { Least = Patience },
        new("connections that say nothing", false, Many, [], static _ => [], Slowly),
        new("heads of 30 KB", false, Few, [], static _ => LargeHead, Steadily),
    ];

    private static byte[] Begun => new H2Frames().Add(H2Frames.Headers, 0, 1, H2Frames.Block(Head)).ToArray();

    private static byte[] Posted => new H2Frames().AddHead(1, last: false, [(":method", "POST"), .. Head[1..]]).ToArray();

    private static byte[] NoWindow => new H2Frames().Add(H2Frames.Settings, 0, 0, [0, 4, 0, 0, 0, 0]).ToArray();

    private static byte[] Continuations { get; } = Build(static (frames, _) => frames.Add(H2Frames.Continuation, 0, 1, []));

    private static byte[] LargeHead { get; } = Encoding.ASCII.GetBytes(
        $"GET / HTTP/1.1\r\nHost: a.example\r\n{string.Concat(Enumerable.Range(0, 150).Select(i => $"X{i}: {new string('v', 190)}\r\n"))}\r\n");

    private static byte[] ResetBatch(int batch) => Build((frames, i) =>
    {
        int stream = (((batch * Batch) + i) * 2) + 1;
        frames.AddHead(stream, last: true, Head).Add(H2Frames.RstStream, 0, stream, [0, 0, 0, 8]);
    });

    private static byte[] AskBatch(int batch) => Build((frames, i) => frames.AddHead((((batch * Batch) + i) * 2) + 1, last: true, Head));

    private static byte[] PostBatch(int batch) =>
        Build((frames, i) => frames.AddHead((((batch * Batch) + i) * 2) + 1, last: false, [(":method", "POST"), .. Head[1..]]));

    private static Func<int, byte[]> Repeated(Action<H2Frames> add)
    {
        byte[] bytes = Build((frames, _) => add(frames));
        return _ => bytes;
    }

    // A field of 4,000 bytes enters the decoder's table once; then a byte each stands for it.
    private static byte[] Bomb(int stream, bool first)
    {
        const byte NewestEntry = 0x80 | 62;
        byte[] enters = [0x40, .. H2Frames.Block(("x", new string('v', 4000))).AsSpan(1)];
        byte[] block = [.. H2Frames.Block(Head), .. first ? enters : [], .. Enumerable.Repeat(NewestEntry, 8000)];
        return new H2Frames().Add(H2Frames.Headers, H2Frames.EndHeaders | H2Frames.EndStream, stream, block).ToArray();
    }

    private static byte[] Build(Action<H2Frames, int> add)
    {
        var frames = new H2Frames();
        for (int i = 0; i < Batch; i++)
        {
            add(frames, i);
        }

        return frames.ToArray();
    }
}
