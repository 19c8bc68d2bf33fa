using System.Globalization;
using Railgun.Benchmarks.Deltas;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Frames;

namespace Railgun.Benchmarks.Padding;

/// <summary>What padding of responses costs on page histories, and how many lengths it leaves to tell apart.</summary>
internal static class PaddingBenchmark
{
    /// <summary>Around a delta in one segment: the frames' headers, the segment's check, and a head like the one before but for a date.</summary>
    private const int AroundDelta = 32;

    /// <summary>Runs with these options; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        int at = Array.IndexOf(args, "--corpus");
        if (at < 0 || Corpus.Locate(args.ElementAtOrDefault(at + 1)) is not { } folder)
        {
            Console.Error.WriteLine("--corpus FOLDER: a folder of page histories (FOLDER/FAMILY/PAGE/0001.html, …)");
            return 2;
        }

        List<Pair> pairs = [.. Corpus.Successive(folder, null), .. Corpus.Siblings(folder, null)];
        foreach (DeltaLevel level in (DeltaLevel[])[DeltaLevel.Fast, DeltaLevel.Dense])
        {
            Print(level, pairs, Sizes(pairs, level));
        }

        return 0;
    }

    private static void Print(DeltaLevel level, List<Pair> pairs, long[] sizes)
    {
        long bare = sizes.Sum();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{level}: {pairs.Count} pages of {pairs.Sum(p => (long)p.Target.Length):N0} bytes, {bare:N0} bytes as deltas"));
        Console.WriteLine("padTo      bytes    more   median page   lengths");
        foreach (int least in (int[])[0, 64, 256, 512, 1024, 4096])
        {
            long[] padded = [.. sizes.Select(size => least == 0 ? size : PaddingFrame.LengthFor(size, least)).Order()];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{least,5} {padded.Sum(),10:N0} {100.0 * (padded.Sum() - bare) / bare,6:F1}% {padded[padded.Length / 2],13:N0} {padded.Distinct().Count(),9:N0}"));
        }
    }

    private static long[] Sizes(List<Pair> pairs, DeltaLevel level)
    {
        using var coder = new OurDelta(level);
        byte[] coded = new byte[64 << 20];
        return [.. pairs.Select(pair =>
        {
            coder.Prepare(pair.Base);
            return (long)coder.Encode(pair.Base, pair.Target, coded) + AroundDelta;
        })];
    }
}
