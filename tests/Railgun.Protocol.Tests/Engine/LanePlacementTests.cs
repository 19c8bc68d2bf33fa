using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class LanePlacementTests
{
    private static readonly LaneLoad Closed = new(CanOpen: false, Busy: false, Doubtful: false, OpenStreams: 0);

    [Test]
    public void No_lane_that_can_open_no_place()
    {
        Assert.That(LanePlacement.Choose([], bulk: false), Is.EqualTo(-1));
        Assert.That(LanePlacement.Choose([Closed, Closed], bulk: true), Is.EqualTo(-1));
    }

    [Test]
    public void The_first_quiet_lane_is_taken_whatever_it_has_open() =>
        Assert.That(LanePlacement.Choose([Closed, Busy(0), Quiet(50), Quiet(0)], bulk: false), Is.EqualTo(2));

    [Test]
    public void Bulk_goes_to_the_last_quiet_lane() =>
        Assert.That(LanePlacement.Choose([Quiet(0), Quiet(0), Busy(0), Closed], bulk: true), Is.EqualTo(1));

    [Test]
    public void Where_all_are_busy_the_one_with_the_fewest_streams_is_taken_and_among_equals_the_first() =>
        Assert.That(LanePlacement.Choose([Closed, Busy(3), Busy(2), Busy(2)], bulk: false), Is.EqualTo(2));

    [Test]
    public void A_lane_that_owes_a_pong_is_the_last_resort()
    {
        LaneLoad doubtful = Quiet(0) with { Doubtful = true };
        Assert.That(LanePlacement.Choose([doubtful, Busy(9)], bulk: false), Is.EqualTo(1));
        Assert.That(LanePlacement.Choose([doubtful, Closed], bulk: false), Is.Zero);
    }

    private static LaneLoad Busy(int streams) => new(CanOpen: true, Busy: true, Doubtful: false, streams);

    private static LaneLoad Quiet(int streams) => new(CanOpen: true, Busy: false, Doubtful: false, streams);
}
