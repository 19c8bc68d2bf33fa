using System.Globalization;

namespace Railgun.Simulation;

/// <summary>
/// RAILGUN_SIM_SEEDS=N runs N seeds instead of 2,000, RAILGUN_SIM_FIRST=F from F on, RAILGUN_SIM_MINUTES=M no longer than that; RAILGUN_SIM_SEED=S runs that seed alone and tells what happens: the
/// replay of a failure.
/// </summary>
[NonParallelizable]
internal sealed class SimulationTests
{
    private const int DefaultSeeds = 2000;

    /// <summary>What a blind simulation would miss: each must happen in a run of the default length.</summary>
    private static readonly string[] MustBeSeen =
    [
        "cut", "half-close", "stall", "drain", "restart", "client gone", "corruption", "disagreement", "rest", "eviction", "no lane", "done Identity", "done Delta",
        "done SignatureDelta", "signature broken", "done FreshDelta", "fresh Here", "fresh Waits", "fresh Gone", "fresh in segments", "fresh lacking in segments", "fresh waits for its proof", "not stored", "listener stream object used again", "sender stream object used again",
        "fault LaneLost", "fault LaneLost unsent", "fault LaneLost after head", "fault OriginBroken after head", "fault Refused unsent",
        "hostile ended: Protocol", "hostile ended: FlowControl", "hostile ended: HeadCoding", "hostile ended: LimitExceeded", "hostile ended: Silent",
        "up Hello", "up HelloAnswer", "down Hello", "down HelloAnswer", "up Request", "up Signature", "up Data", "up Window", "up LaneWindow", "up Verified", "up WantRest", "up Reset",
        "up Ping", "up GoAway", "down WantSignature",
        "down Response", "down Informational", "down Data", "down Trailers", "down Rest", "down Reset", "down Window", "down LaneWindow", "down Ping",
        "down GoAway", "up Verified>Request", "down Response>Data", "down Response>Trailers", "down Data>Trailers", "up Request>Request", "down Informational>Response", "down Rest>Data",
        "up HelloAnswer>Ping", "up Window>Window", "up LaneWindow>LaneWindow", "up Ping>Request", "up Request>Signature",
        "listener lane Greeting", "listener lane Open", "listener lane Draining", "listener lane Closed", "sender lane Greeting", "sender lane Open", "sender lane Draining", "sender lane Closed",
        "listener stream new", "listener stream written", "listener stream waits", "listener stream head+written", "listener stream head+written+received", "listener stream head+written+rest",
        "sender stream new", "sender stream received", "sender stream head+received", "sender stream head+received+waits", "sender stream head+written+received", "sender stream head+received+rest+waits",
    ];

    [Test]
    public void Whatever_happens_everything_ends_right()
    {
        var coverage = new Coverage();
        if (Number("RAILGUN_SIM_SEED") is { } seed)
        {
            new World(seed, coverage) { Trace = TestContext.Out.WriteLine }.Run();
            Assert.Pass($"seed {seed} ran without a finding");
        }

        int seeds = Number("RAILGUN_SIM_SEEDS") ?? DefaultSeeds;
        int first = Number("RAILGUN_SIM_FIRST") ?? 1;
        long until = Environment.TickCount64 + ((Number("RAILGUN_SIM_MINUTES") ?? 600) * 60_000L);
        int ran = 0;
        for (int i = first; i < first + seeds && Environment.TickCount64 < until; i++, ran++)
        {
            try
            {
                new World(i, coverage).Run();
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {i}: {e}\nreplay: RAILGUN_SIM_SEED={i} dotnet test --project tests/Railgun.Simulation -c Release");
            }
        }

        TestContext.Out.WriteLine($"{ran} seeds; " + string.Join(", ", coverage.Counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}")));
        Assert.That(MustBeSeen.Where(what => !coverage.Counts.ContainsKey(what)), Is.Empty, "never happened: the simulation has gone blind there");
    }

    [TestCase(PlantedFault.ForwardUnproved, "bodies")]
    [TestCase(PlantedFault.RepeatUnsafe, "once")]
    [TestCase(PlantedFault.KeepCredit, "credit", "progress")]
    [TestCase(PlantedFault.LeakBuffer, "buffers")]
    [TestCase(PlantedFault.ForgetEnd, "progress")]
    [TestCase(PlantedFault.QueueWithoutRoom, "memory")]
    [TestCase(PlantedFault.MixHeads, "heads")]
    [TestCase(PlantedFault.SpoilUpload, "uploads")]
    [TestCase(PlantedFault.KeepStream, "streams", "progress", "credit")]
    [TestCase(PlantedFault.KeepWaiting, "waiting")]
    [TestCase(PlantedFault.ReuseDriven, "pool")]
    [TestCase(PlantedFault.BreakOff, "success")]
    [TestCase(PlantedFault.KeepMemory, "lent")]
    [TestCase(PlantedFault.TrustHandles, "bodies")]
    [TestCase(PlantedFault.DropRetained, "retention")]
    public void A_planted_fault_is_caught_by_its_checker(object planted, params string[] checkers)
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            try
            {
                new World(seed, new Coverage(), (PlantedFault)planted).Run();
            }
            catch (SimulationFailure failure)
            {
                Assert.That(checkers, Does.Contain(failure.Checker), failure.Message);
                return;
            }
        }

        Assert.Fail("200 seeds ran without a finding: the checker is blind");
    }

    [Test]
    public void The_same_seed_gives_the_same_run()
    {
        var first = new Coverage();
        var second = new Coverage();
        new World(42, first).Run();
        new World(42, second).Run();
        Assert.That(second.Counts, Is.EquivalentTo(first.Counts));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
