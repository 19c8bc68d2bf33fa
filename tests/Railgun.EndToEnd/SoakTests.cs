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

    [TestCase(40_000, 100_000)]
    [TestCase(100_000, 500_000, Explicit = true, Reason = "Many minutes: for a look at where memory goes.")]
    public async Task Memory_stays_once_the_stores_are_full(int toFill, int requests)
    {
        await using RunningPair pair = await RunningPair.StartAsync(
            ("RAILGUN_STORE__CAPACITY", "4MiB"), ("RAILGUN_LOGGING__ACCESS", "false"));
        Dictionary<string, long> full = [];
        for (int done = 0; done < requests; done += Lap)
        {
            await LoadAsync(pair, Lap);
            Dictionary<string, long> now = await ResidentAsync(pair);
            full = done + Lap == toFill ? now : full;
            TestContext.Out.WriteLine($"{done + Lap} requests: {string.Join(", ", now.Select(side => $"{side.Key} {side.Value >> 10} KiB"))}");
        }

        foreach ((string side, long bytes) in await ResidentAsync(pair))
        {
            Assert.That(bytes, Is.LessThanOrEqualTo(full[side] * 1.05), side);
        }
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
