using System.Diagnostics;
using System.Globalization;

namespace Railgun.Benchmarks.Deltas;

/// <summary>Prints the tables: per coder in total, then bytes per family.</summary>
internal static class Report
{
    /// <summary>What the geometric means are relative to.</summary>
    public const string Yardstick = "zstd-patch-19";

    /// <summary>Prints one set of pairs, and one line a pair and coder to <paramref name="tsv"/>.</summary>
    public static void Print(string set, List<Pair> pairs, IContender[] contenders, Result[][] results, TextWriter? tsv)
    {
        long targets = pairs.Sum(pair => (long)pair.Target.Length);
        Console.WriteLine(Line($"{set}: {pairs.Count} pairs, {targets:n0} bytes of targets"));
        Console.WriteLine("coder           |      bytes | x smaller |  median | geomean | encode MB/s | decode MB/s | prepare MB/s | alloc/op");
        int yard = Array.FindIndex(contenders, contender => contender.Name == Yardstick);
        for (int c = 0; c < contenders.Length; c++)
        {
            long coded = results.Sum(row => (long)row[c].Coded);
            int[] sizes = [.. results.Select(row => row[c].Coded).Order()];
            double median = (sizes[(sizes.Length - 1) / 2] + sizes[sizes.Length / 2]) / 2.0;
            double mean = yard < 0 ? double.NaN : Math.Exp(results.Average(row => Math.Log((double)row[c].Coded / row[yard].Coded)));
            Console.WriteLine(Line(
                $"{contenders[c].Name,-15} | {coded,10:n0} | {(double)targets / coded,9:f1} | {median,7:f1} | {mean,7:f3} | {Speed(targets, results.Sum(row => row[c].Encode)),11:n0} | {Speed(targets, results.Sum(row => row[c].Decode)),11:n0} | {Speed(pairs.Sum(pair => (long)pair.Base.Length), results.Sum(row => row[c].Prepare)),12:n0} | {results.Average(row => row[c].Allocated),8:f0}"));
        }

        PrintFamilies(pairs, contenders, results, yard);
        for (int p = 0; p < pairs.Count && tsv is not null; p++)
        {
            for (int c = 0; c < contenders.Length; c++)
            {
                Result r = results[p][c];
                tsv.WriteLine(Line(
                    $"{set}\t{pairs[p].Family}\t{pairs[p].Name}\t{pairs[p].Target.Length}\t{contenders[c].Name}\t{r.Coded}\t{Micro(r.Prepare):f1}\t{Micro(r.Encode):f1}\t{Micro(r.Decode):f1}\t{r.Allocated}"));
            }
        }
    }

    private static void PrintFamilies(List<Pair> pairs, IContender[] contenders, Result[][] results, int yard)
    {
        Console.WriteLine();
        Console.WriteLine("family                " + string.Concat(contenders.Select(contender => Line($" | {contender.Name,21}"))) + "   (bytes, geomean)");
        foreach (string family in pairs.Select(pair => pair.Family).Distinct())
        {
            int[] rows = [.. Enumerable.Range(0, pairs.Count).Where(p => pairs[p].Family == family)];
            Console.Write(Line($"{family,-22}"));
            for (int c = 0; c < contenders.Length; c++)
            {
                double mean = yard < 0 ? double.NaN : Math.Exp(rows.Average(p => Math.Log((double)results[p][c].Coded / results[p][yard].Coded)));
                Console.Write(Line($" | {rows.Sum(p => (long)results[p][c].Coded),14:n0} {mean,6:f3}"));
            }

            Console.WriteLine();
        }

        Console.WriteLine();
    }

    private static double Micro(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

    private static double Speed(long bytes, long ticks) => bytes / Math.Max(1e-9, ticks * 1e6 / Stopwatch.Frequency);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
