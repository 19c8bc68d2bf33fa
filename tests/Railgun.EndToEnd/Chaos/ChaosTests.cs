using System.Globalization;
using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd.Chaos;

/// <summary>
/// Both programs under load while either side is stopped, restarted and cut off: requests may fail, none may be answered wrong, and when all is well again all are served.
/// RAILGUN_CHAOS_SECONDS=600 makes it last as long as that instead of 15 s.
/// </summary>
[Category("Chaos")]
internal sealed class ChaosTests
{
    private const int Clients = 12;
    private const int AfterAll = 60;
    private const int DefaultSeconds = 15;

    [Test]
    public async Task Whatever_happens_to_the_pair_no_answer_is_wrong_and_all_are_served_afterwards()
    {
        await using RunningPair pair = await RunningPair.StartAsync(("RAILGUN_LOGGING__ACCESS", "false"));
        await using var relay = new LinkRelay(pair.Pair.LinkPort);
        var troubles = new Troubles(pair, relay);
        await pair.Pair.Sender.Child.StopAsync();
        troubles.StartSender();
        await pair.Pair.ReadyAsync();

        var outcomes = new Outcomes();
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds));
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(seed => new ChaosClient(pair.Client, outcomes, seed).RunAsync(stopping.Token))];
        await troubles.RunAsync(stopping.Token);
        await Task.WhenAll(clients);
        TestContext.Out.WriteLine($"{Seconds} s, {Clients} clients: {outcomes}");
        TestContext.Out.WriteLine("trouble: " + string.Join(", ", troubles.Made.CountBy(made => made).Select(made => $"{made.Value} x {made.Key}")));
        Assert.That(outcomes.Wrong, Is.Empty);
        Assert.That(outcomes.Served, Is.Positive);
        await ServedAgainAsync(pair);
    }

    private static int Seconds =>
        int.TryParse(Environment.GetEnvironmentVariable("RAILGUN_CHAOS_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds : DefaultSeconds;

    private static async Task ServedAgainAsync(RunningPair pair)
    {
        await pair.Pair.ReadyAsync();
        var outcomes = new Outcomes();
        var client = new ChaosClient(pair.Client, outcomes, seed: 99);
        for (int i = 0; i < AfterAll; i++)
        {
            await client.AskAsync();
        }

        Assert.That((outcomes.Served, outcomes.Failed, outcomes.Wrong.Count), Is.EqualTo((AfterAll, 0, 0)), outcomes.ToString());
    }
}
