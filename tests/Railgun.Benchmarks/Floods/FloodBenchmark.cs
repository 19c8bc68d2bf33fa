using System.Diagnostics;
using System.Globalization;
using Railgun.Benchmarks.Link;

namespace Railgun.Benchmarks.Floods;

/// <summary>Floods of the HTTP side: what they cost the pair beside Kestrel alone, and what others notice who ask meanwhile.</summary>
internal static class FloodBenchmark
{
    private const double Megabyte = 1e6;

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var span = TimeSpan.FromSeconds(LinkBenchmark.Option(args, "--seconds", 5));
        int at = Array.IndexOf(args, "--kind");
        await using FloodTargets targets = await FloodTargets.StartAsync();
        Console.WriteLine("flood                        target    cores     MB most   sent MB  closed   lived s   longest   others: asked  failed   p50 ms   p99 ms");
        foreach (Flood? flood in (IEnumerable<Flood?>)[null, .. FloodKinds.All.Where(kind => at < 0 || kind.Name == args[at + 1])])
        {
            foreach (FloodTarget target in targets.All)
            {
                Print(flood, target, await RunAsync(flood, target, flood is not null && flood.Least > span ? flood.Least : span));
            }
        }

        return 0;
    }

    private static async Task<Outcome> RunAsync(Flood? flood, FloodTarget target, TimeSpan span)
    {
        using var others = new Others(target);
        await others.WarmAsync();
        using var over = new CancellationTokenSource();
        TimeSpan cpu = target.ProcessorTime;
        long start = Stopwatch.GetTimestamp();
        Task flooding = flood?.RunAsync(target, over.Token) ?? Task.CompletedTask;
        Task asking = others.AskAsync(over.Token);
        long most = 0;
        while (Stopwatch.GetElapsedTime(start) < span)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            most = Math.Max(most, target.Resident);
        }

        double cores = (target.ProcessorTime - cpu) / Stopwatch.GetElapsedTime(start);
        await over.CancelAsync();
        await Task.WhenAll(flooding, asking);
        return new Outcome(cores, most, others);
    }

    private static void Print(Flood? flood, FloodTarget target, Outcome seen)
    {
        IReadOnlyList<double> lived = flood?.Lived ?? [];
        (double middle, double longest) = lived.Count == 0 ? (double.NaN, double.NaN) : (lived[lived.Count / 2], lived[^1]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{flood?.Name ?? "none",-28} {target.Name,-8} {seen.Cores,6:F2} {seen.MostResident / Megabyte,11:F0} {(flood?.Sent ?? 0) / Megabyte,9:F1} {lived.Count,7} {middle,9:F1} {longest,9:F1} {seen.Others.Asked,15} {seen.Others.Failed,7} {seen.Others.At(0.5),8:F1} {seen.Others.At(0.99),8:F1}"));
    }

    private sealed record Outcome(double Cores, long MostResident, Others Others);
}
