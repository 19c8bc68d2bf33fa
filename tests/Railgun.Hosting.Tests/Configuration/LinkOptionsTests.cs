using Railgun.Hosting.Configuration;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Tests.Configuration;

internal sealed class LinkOptionsTests
{
    [Test]
    public void The_defaults_are_fine() => Assert.That(MistakesOf(new LinkOptions()), Is.Empty);

    [Test]
    public void Every_bound_is_held()
    {
        var options = new LinkOptions
        {
            Lanes = 0,
            DialTimeout = TimeSpan.FromMinutes(2),
            WaitForLane = TimeSpan.FromSeconds(31),
            MaxWaiting = 65537,
            DrainTimeout = TimeSpan.FromHours(2),
            PingAfter = TimeSpan.FromMilliseconds(999),
            DeadAfter = TimeSpan.FromMinutes(6),
            Memory = ByteSize.MiB(15),
            LaneMemory = ByteSize.MiB(3),
            Congestion = "BBR",
            Listen = [.. Enumerable.Range(1, 17).Select(port => new ListenAddress(System.Net.IPAddress.Loopback, port))],
            Dial = [.. Enumerable.Range(1, 65).Select(port => new HostPort("edge.example", port))],
        };
        Assert.That(MistakesOf(options), Is.EquivalentTo(new[]
        {
            "link.lanes", "link.dialTimeout", "link.waitForLane", "link.maxWaiting", "link.drainTimeout", "link.pingAfter", "link.deadAfter", "link.memory", "link.laneMemory", "link.congestion", "link.listen", "link.dial",
        }));
    }

    [Test]
    public void Values_that_contradict_each_other_are_named()
    {
        var options = new LinkOptions
        {
            PingAfter = TimeSpan.FromSeconds(10),
            DeadAfter = TimeSpan.FromSeconds(10),
            Memory = ByteSize.MiB(16),
            LaneMemory = ByteSize.MiB(17),
            Congestion = "a-name_of_more_16",
        };
        Assert.That(MistakesOf(options), Is.EquivalentTo(new[] { "link.deadAfter", "link.laneMemory", "link.congestion" }));
    }

    [Test]
    public void No_name_leaves_the_systems_congestion_control() => Assert.That(MistakesOf(new LinkOptions { Congestion = "" }), Is.Empty);

    private static IEnumerable<string> MistakesOf(LinkOptions options)
    {
        var mistakes = new Mistakes();
        options.Validate(mistakes, "link");
        return mistakes.All.Select(mistake => mistake.Path);
    }
}
