using System.Globalization;
using Railgun.EndToEnd.Harness;
using Railgun.Try.Processes;

namespace Railgun.EndToEnd;

/// <summary>Long runs: once the stores are full, memory does not grow any more.</summary>
[Category("Soak")]
internal sealed class SoakTests
{
    private const int Clients = 16;
    private const int Pages = 800;
    private const int Lap = 10_000;

    // The stores are full after the first 2,000; the runtime's own heaps have settled after these.
    private const int ToFill = 60_000;
    private const int Requests = 100_000;
    private const double Allowed = 1.05;

    // The runtime takes memory from the system in steps of 4 MiB, more than is allowed, and sometimes takes one late. What leaks grows in each span, a step is taken in one.
    private const int Spans = 3;

    [Test]
    public async Task A_hundred_thousand_requests_with_full_stores_take_no_more_memory()
    {
        await using RunningPair pair = await RunningPair.StartAsync(
            ("RAILGUN_STORE__CAPACITY", "4MiB"), ("RAILGUN_LOGGING__ACCESS", "false"));
        Dictionary<string, long> full = await RunAsync(pair, ToFill);
        string[] grown = [];
        for (int span = 0; span < Spans; span++)
        {
            Dictionary<string, long> most = await RunAsync(pair, Requests);
            Dictionary<string, long> end = await ResidentAsync(pair);
            grown = [.. end.Where(side => side.Value > full[side.Key] * Allowed).Select(side => $"{side.Key}: {full[side.Key] >> 10} KiB, then {side.Value >> 10} KiB")];
            if (grown.Length == 0)
            {
                return;
            }

            full = most;
        }

        Assert.Fail($"after each {Requests} requests more memory, at last {string.Join("; ", grown)}");
    }

    // Returns the most memory that each side had after one of the laps.
    private static async Task<Dictionary<string, long>> RunAsync(RunningPair pair, int requests)
    {
        var most = new Dictionary<string, long>();
        for (int done = 0; done < requests; done += Lap)
        {
            await LoadAsync(pair, Lap);
            Dictionary<string, long> now = await ResidentAsync(pair);
            TestContext.Out.WriteLine($"{Lap} more requests: {string.Join(", ", now.Select(side => $"{side.Key} {side.Value >> 10} KiB"))}");
            foreach ((string side, long bytes) in now)
            {
                most[side] = Math.Max(bytes, most.GetValueOrDefault(side));
            }
        }

        return most;
    }

    private static Task LoadAsync(RunningPair pair, int requests) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            for (int i = client; i < requests; i += Clients)
            {
                using HttpResponseMessage answer = await pair.Client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/short/soak{i % Pages}"));
                byte[] body = await answer.Content.ReadAsByteArrayAsync();
                Assert.That((int)answer.StatusCode, Is.EqualTo(200));
                Assert.That(body, Has.Length.EqualTo(answer.Content.Headers.ContentLength));
            }
        }));

    // The smallest of a few looks: a collection may be under way at any one of them.
    private static async Task<Dictionary<string, long>> ResidentAsync(RunningPair pair)
    {
        var least = new Dictionary<string, long>();
        for (int look = 0; look < 5; look++)
        {
            await Task.Delay(200);
            foreach (Daemon daemon in (Daemon[])[pair.Pair.Listener, pair.Pair.Sender])
            {
                long now = daemon.Child.ResidentBytes;
                least[daemon.Name] = Math.Min(now, least.GetValueOrDefault(daemon.Name, long.MaxValue));
            }
        }

        return least;
    }
}
