using System.Globalization;
using Railgun.Benchmarks.Deltas;
using Railgun.Protocol.Deltas;

namespace Railgun.Benchmarks.Signatures;

/// <summary>Signature mode on page histories: what signatures take, what deltas against them take, and how fast each step is; then hostile pages.</summary>
internal static class SignatureBenchmark
{
    /// <summary>Runs with these options; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        if (Corpus.Locate(Option(args, "--corpus")) is not { } folder)
        {
            Console.Error.WriteLine("--corpus FOLDER: a folder of page histories (FOLDER/FAMILY/PAGE/0001.html, …), none is there");
            return 2;
        }

        int rounds = int.Parse(Option(args, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        List<Pair> pairs = Corpus.Successive(folder, Option(args, "--family"));
        using var tsv = Option(args, "--tsv") is { } file ? new StreamWriter(file) : null;
        tsv?.WriteLine("family\tpair\tlevel\tversion\ttarget\tsignature\tdelta\tsign_us\tencode_us\tdecode_us");
        foreach (DeltaLevel level in Enum.GetValues<DeltaLevel>())
        {
            using var run = new SignatureRun(level);
            var all = new List<SignatureResult>();
            Console.WriteLine(SignatureResult.Heading(level));
            foreach (IGrouping<string, Pair> family in pairs.GroupBy(pair => pair.Family))
            {
                List<SignatureResult> results = [.. family.Select(pair => run.Measure(pair, rounds))];
                results.ForEach(result => tsv?.WriteLine(result.Tsv(level)));
                all.AddRange(results);
                Console.WriteLine(SignatureResult.Line(family.Key, results));
            }

            Console.WriteLine(SignatureResult.Line("all", all));
            Console.WriteLine();
        }

        Array.ForEach(Enum.GetValues<DeltaLevel>(), level => Hostile(level, rounds));
        return 0;
    }

    private static void Hostile(DeltaLevel level, int rounds)
    {
        Console.WriteLine($"{$"hostile pages, {level.ToString().ToLowerInvariant()} level",-44} {"MB",6} {"delta",10} {"sign MB/s",10} {"encode MB/s",12} {"decode MB/s",12}");
        using var run = new SignatureRun(level);
        foreach (Pair pair in HostilePages.All())
        {
            SignatureResult result = run.Measure(pair, rounds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{pair.Name,-44} {pair.Target.Length / 1e6,6:F1} {result.Delta,10:N0} {result.SignSpeed,10:F0} {result.EncodeSpeed,12:F0} {result.DecodeSpeed,12:F0}"));
        }
    }

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
