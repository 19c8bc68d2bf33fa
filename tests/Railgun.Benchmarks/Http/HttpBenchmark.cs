using Railgun.Benchmarks.Link;

namespace Railgun.Benchmarks.Http;

/// <summary>Whole pairs on loopback, as their clients see them: what an event stream loses, and how large bodies pass.</summary>
internal static class HttpBenchmark
{
    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int megabytes = LinkBenchmark.Option(args, "--megabytes", 1000);
        int rounds = LinkBenchmark.Option(args, "--rounds", 3);
        int seconds = LinkBenchmark.Option(args, "--seconds", 20);
        await using Fronts fronts = await Fronts.StartAsync();
        await EventsBenchmark.RunAsync(fronts, TimeSpan.FromSeconds(seconds));
        await BulkBenchmark.RunAsync(fronts, megabytes, rounds);
        return 0;
    }
}
