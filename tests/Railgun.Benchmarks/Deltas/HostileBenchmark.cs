using System.Diagnostics;
using System.Globalization;
using Railgun.Protocol.Deltas;

namespace Railgun.Benchmarks.Deltas;

/// <summary>How fast pages are coded that were made to be slow.</summary>
internal static class HostileBenchmark
{
    private const int Rounds = 20;

    /// <summary>Prints a line a page: its size, and at each level the delta's size and the encoder's MB/s.</summary>
    public static void Run()
    {
        Console.WriteLine("hostile pages                     |   bytes |    fast |   MB/s |   dense |   MB/s | index MB/s");
        using var fast = new OurDelta(DeltaLevel.Fast);
        using var dense = new OurDelta(DeltaLevel.Dense);
        foreach (Pair pair in HostilePages.All())
        {
            (int fastBytes, double fastSpeed, double index) = Measure(fast, pair);
            (int denseBytes, double denseSpeed, _) = Measure(dense, pair);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{pair.Name,-33} | {pair.Target.Length,7} | {fastBytes,7} | {fastSpeed,6:f0} | {denseBytes,7} | {denseSpeed,6:f0} | {index,6:f0}"));
        }
    }

    private static (int Bytes, double Speed, double Index) Measure(OurDelta coder, Pair pair)
    {
        var coded = new byte[(2 * pair.Target.Length) + 1024];
        var decoded = new byte[pair.Target.Length];
        long prepare = long.MaxValue;
        long encode = long.MaxValue;
        int bytes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            coder.Prepare(pair.Base);
            prepare = Math.Min(prepare, Stopwatch.GetTimestamp() - start);
            start = Stopwatch.GetTimestamp();
            bytes = coder.Encode(pair.Base, pair.Target, coded);
            encode = Math.Min(encode, Stopwatch.GetTimestamp() - start);
        }

        if (coder.Decode(pair.Base, coded.AsSpan(0, bytes), decoded) != decoded.Length || !decoded.AsSpan().SequenceEqual(pair.Target))
        {
            throw new InvalidOperationException($"{coder.Name} failed on {pair.Name}.");
        }

        return (bytes, Speed(pair.Target.Length, encode), Speed(pair.Base.Length, prepare));
    }

    private static double Speed(int bytes, long ticks) => bytes / (ticks * 1e6 / Stopwatch.Frequency);
}
