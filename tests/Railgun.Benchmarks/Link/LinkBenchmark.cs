using System.Diagnostics;
using System.Globalization;
using Railgun.Protocol.Identity;

namespace Railgun.Benchmarks.Link;

/// <summary>
/// One lane on loopback beside a bare SslStream pair and HTTP/2: bulk one way, the same with digests, coders and stores, and small exchanges one by one and many at a time. Rounds alternate between the contenders,
/// the table has the medians; processor time and allocations are those of both ends together.
/// </summary>
internal static class LinkBenchmark
{
    private static readonly int[] AtOnce = [1, 64];

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = Option(args, "--rounds", 5);
        double seconds = Option(args, "--milliseconds", 700) / 1000.0;
        DirectoryInfo state = Directory.CreateTempSubdirectory("railgun-bench");
        try
        {
            using NodeIdentity identity = NodeIdentity.LoadOrCreate(state.FullName, "bench", TimeProvider.System);
            await using TlsContender tls = await TlsContender.StartAsync(identity);
            await using LinkContender link = await LinkContender.StartAsync(identity, state.FullName);
            await using Http2Contender http = await Http2Contender.StartAsync(identity);
            IContender[] contenders = [tls, link, http];
            await CompareAsync("bulk", contenders, rounds, BulkAsync, seconds, bulk: true);
#if !NATIVE
            await CompareStoresAsync(tls, identity, state.FullName, rounds, seconds);
#endif
            foreach (int atOnce in AtOnce)
            {
                await CompareAsync($"{Sizes.Small} B each way, {atOnce} at a time", contenders, rounds, (contender, span) => ExchangesAsync(contender, atOnce, span), seconds, bulk: false);
            }

            Console.WriteLine();
            Console.WriteLine("what one lane allocates is the link's own, heads and exchanges of both ends: the tasks that drive it are pooled; what SslStream allocates is its driver's");
            Console.WriteLine($"the lane: {link.Lane.DeliveryRate / 1e6:0} MB/s measured, window {link.Lane.Window >> 20} MiB, {link.Lane.CongestionControl}, round trip {link.Lane.RoundTrip?.TotalMicroseconds:0} us");
            return 0;
        }
        finally
        {
            state.Delete(recursive: true);
        }
    }

#if !NATIVE
    private static async Task CompareStoresAsync(TlsContender tls, NodeIdentity identity, string directory, int rounds, double seconds)
    {
        StoreContender[] stores = await StoreBenchmark.StartAsync(identity, directory);
        await CompareAsync<IBulkContender>("bulk with digest, coder and store at both ends", [tls, .. stores], rounds, BulkAsync, seconds, bulk: true);
        foreach (StoreContender store in stores)
        {
            Console.WriteLine($"  {store.Name}: {store.Seen}");
            await store.DisposeAsync();
        }
    }
#endif

    private static async Task CompareAsync<T>(string title, T[] contenders, int rounds, Func<T, double, Task<double>> run, double seconds, bool bulk)
        where T : class, IBulkContender
    {
        var measured = contenders.ToDictionary(contender => contender, _ => new List<Measurement>());
        foreach (T contender in contenders)
        {
            await run(contender, seconds / 2);
        }

        for (int round = 0; round < rounds; round++)
        {
            foreach (T contender in contenders)
            {
                measured[contender].Add(await Measurement.OfAsync(() => run(contender, seconds)));
            }
        }

        Console.WriteLine();
        Console.WriteLine(title);
        double first = Measurement.Median(measured[contenders[0]], m => m.Rate);
        foreach (T contender in contenders)
        {
            List<Measurement> all = measured[contender];
            double rate = Measurement.Median(all, m => m.Rate);
            double cpu = Measurement.Median(all, m => m.CpuMicroseconds);
            double allocated = Measurement.Median(all, m => m.AllocatedEach);
            Console.WriteLine(bulk
                ? string.Create(CultureInfo.InvariantCulture, $"  {contender.Name,-10} {rate / 1e6,8:0} MB/s  {rate / first,5:0.00} x  {cpu * 1e3,7:0.00} ns CPU a byte  {allocated * 1e6,8:0} B allocated a MB")
                : string.Create(CultureInfo.InvariantCulture, $"  {contender.Name,-10} {rate,8:0} /s    {rate / first,5:0.00} x  {cpu,7:0.0} us CPU each    {allocated,8:0} B allocated each"));
        }
    }

    private static async Task<double> BulkAsync(IBulkContender contender, double seconds)
    {
        const long Piece = 32 << 20;
        long start = Stopwatch.GetTimestamp();
        double bytes = 0;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            await contender.BulkAsync(Piece);
            bytes += Piece;
        }

        return bytes;
    }

    private static async Task<double> ExchangesAsync(IContender contender, int atOnce, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        int[] counts = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            int count = 0;
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                await contender.ExchangeAsync();
                count++;
            }

            return count;
        })));
        return counts.Sum();
    }

    /// <summary>The number behind an option; <paramref name="otherwise"/> where it is not there.</summary>
    internal static int Option(string[] args, string name, int otherwise)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
