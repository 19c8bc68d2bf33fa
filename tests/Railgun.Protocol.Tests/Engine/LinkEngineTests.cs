using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>How many exchanges wait for a lane, and how long.</summary>
internal sealed class LinkEngineTests
{
    private const int Most = 1024;
    private const long Begin = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Test]
    public void As_many_as_may_wait_for_a_lane_and_one_more_fails_until_another_has_left()
    {
        var link = new LinkEngine(Patience, Most);
        ExchangePlacement[] waiting = [.. Enumerable.Range(0, Most).Select(_ => link.Begin())];
        Assert.That(waiting.Select(exchange => link.Place(exchange, [], Begin).Fault), Has.All.Null);
        Assert.That(link.Waiting, Is.EqualTo(Most));

        ExchangePlacement beyond = link.Begin();
        Assert.That(link.Place(beyond, [], Begin).Fault, Has.Property(nameof(Fault.RequestUnsent)).True.And.Property(nameof(Fault.Reason)).Contains($"{Most} requests wait"));
        Assert.That(link.Place(waiting[0], [], Begin).Fault, Is.Null, "one that waits is not counted again");
        link.Leave(beyond);
        Assert.That(link.Waiting, Is.EqualTo(Most), "it never waited");

        link.Leave(waiting[0]);
        Assert.That(link.Place(beyond, [], Begin).Fault, Is.Null);
    }

    [TestCase(-1, true)]
    [TestCase(0, false)]
    public void One_waits_so_long_and_no_tick_longer(long beyond, bool waits)
    {
        var link = new LinkEngine(Patience, Most);
        ExchangePlacement exchange = link.Begin();
        long until = link.Place(exchange, [], Begin).Until;
        Assert.That(until, Is.EqualTo(Begin + Patience.Ticks));
        Assert.That(link.Place(exchange, [], until + beyond).Fault is null, Is.EqualTo(waits));
    }

    [Test]
    public void Where_nobody_may_wait_a_lane_still_takes_them()
    {
        var link = new LinkEngine(Patience, maxWaiting: 0);
        LaneLoad open = new(CanOpen: true, Busy: false, Doubtful: false, OpenStreams: 0);
        Assert.That(link.Place(link.Begin(), [open], Begin).Lane, Is.Zero);
        Assert.That(link.Place(link.Begin(), [], Begin).Fault, Is.Not.Null);
    }
}
