using System.Diagnostics;
using System.Globalization;
using Railgun.Protocol.Deltas;

namespace Railgun.Benchmarks.Deltas;

/// <summary>Sizes and speeds of delta coders on page histories, all in one run, pair by pair in turn.</summary>
internal static class DeltaBenchmark
{
    private const int WarmUpPairs = 40;
    private const int WarmUpRounds = 4;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(2);

    /// <summary>Zeros that were seen where bytes were touched: a result, so that touching them is not left out.</summary>
    internal static long Touched { get; private set; }

    /// <summary>Runs with these options; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        if (Corpus.Locate(Option(args, "--corpus")) is not { } folder)
        {
            Console.Error.WriteLine("--corpus FOLDER: a folder of page histories (FOLDER/FAMILY/PAGE/0001.html, …), none is there");
            return 2;
        }

        string? family = Option(args, "--family");
        int rounds = int.Parse(Option(args, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        string? only = Option(args, "--coder");
        bool quick = args.Contains("--quick");
        using var tsv = Option(args, "--tsv") is { } file ? new StreamWriter(file) : null;
        tsv?.WriteLine("set\tfamily\tpair\ttarget\tcoder\tcoded\tprepare_us\tencode_us\tdecode_us\tallocated");
        foreach ((string set, List<Pair> pairs) in new[] { ("successive", Corpus.Successive(folder, family)), ("siblings", Corpus.Siblings(folder, family)) })
        {
            if (pairs.Count > 0)
            {
                IContender[] contenders = [.. Contenders(quick).Where(c => only is null || only.Split(',').Contains(c.Name) || c.Name == Report.Yardstick)];
                Report.Print(set, pairs, contenders, Measure(pairs, contenders, rounds), tsv);
                Array.ForEach(contenders, contender => contender.Dispose());
            }
        }

        if (family is null)
        {
            HostileBenchmark.Run();
            SidesBenchmark.Run(Corpus.LongestOf(folder));
        }

        return 0;
    }

    // zstd -19 takes most of the time; --quick does without, and without the means relative to it.
    private static IContender[] Contenders(bool quick) =>
    [
        new OurDelta(DeltaLevel.Fast),
        new OurDelta(DeltaLevel.Dense),
        new ZstdDelta(3, prepared: false),
        new ZstdDelta(3, prepared: true),
        .. quick ? Array.Empty<IContender>() : [new ZstdDelta(19, prepared: false)],
        new Memcpy(),
    ];

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    private static Result[][] Measure(List<Pair> pairs, IContender[] contenders, int rounds)
    {
        int longest = pairs.Max(pair => pair.Target.Length);
        var coded = new byte[(2 * longest) + 1024];
        var decoded = new byte[longest];
        Result[][] results = [.. pairs.Select(_ => contenders.Select(_ => new Result()).ToArray())];
        WarmUp(pairs, contenders, coded, decoded);
        for (int p = 0; p < pairs.Count; p++)
        {
            for (int round = 0; round < rounds; round++)
            {
                for (int c = 0; c < contenders.Length; c++)
                {
                    if (round == 0 || !contenders[c].Name.EndsWith("19", StringComparison.Ordinal))
                    {
                        MeasureOnce(contenders[c], pairs[p], coded, decoded, results[p][c]);
                    }
                }
            }
        }

        return results;
    }

    /// <summary>All pools filled, all code compiled, and compiled again for speed: that happens in the background, a while after a method was called often.</summary>
    private static void WarmUp(List<Pair> pairs, IContender[] contenders, byte[] coded, byte[] decoded)
    {
        int step = Math.Max(1, pairs.Count / WarmUpPairs);
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < WarmUpRounds || Stopwatch.GetElapsedTime(start) < WarmUpTime; round++)
        {
            foreach (Pair pair in pairs.Where((_, i) => i % step == 0))
            {
                foreach (IContender contender in contenders.Where(c => round == 0 || !c.Name.EndsWith("19", StringComparison.Ordinal)))
                {
                    MeasureOnce(contender, pair, coded, decoded, new Result());
                }
            }
        }
    }

    private static void MeasureOnce(IContender contender, Pair pair, byte[] coded, byte[] decoded, Result result)
    {
        long start = Stopwatch.GetTimestamp();
        contender.Prepare(pair.Base);
        result.Prepare = Math.Min(result.Prepare, Stopwatch.GetTimestamp() - start);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        start = Stopwatch.GetTimestamp();
        result.Coded = contender.Encode(pair.Base, pair.Target, coded);
        result.Encode = Math.Min(result.Encode, Stopwatch.GetTimestamp() - start);
        WarmAlike(pair.Base, coded.AsSpan(0, result.Coded), decoded.AsSpan(0, pair.Target.Length));
        start = Stopwatch.GetTimestamp();
        int length = contender.Decode(pair.Base, coded.AsSpan(0, result.Coded), decoded);
        result.Decode = Math.Min(result.Decode, Stopwatch.GetTimestamp() - start);
        result.Allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (length != pair.Target.Length || !decoded.AsSpan(0, length).SequenceEqual(pair.Target))
        {
            throw new InvalidOperationException($"{contender.Name} failed on {pair.Family}/{pair.Name}.");
        }
    }

    /// <summary>
    /// What a decoder reads and writes is as warm for each of them, and for memcpy: else those whose preparing and encoding touch more memory would find less of it in the
    /// cache. Their own tables, code and branches stay as their encoders and the other contenders left them.
    /// </summary>
    private static void WarmAlike(ReadOnlySpan<byte> before, ReadOnlySpan<byte> coded, Span<byte> decoded)
    {
        Touched += before.Count((byte)0) + coded.Count((byte)0);
        decoded.Clear();
    }
}
