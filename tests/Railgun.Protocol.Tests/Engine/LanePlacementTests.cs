using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class LanePlacementTests
{
    private static readonly LaneLoad Closed = new(CanOpen: false, Busy: false, OpenStreams: 0);

    [Test]
    public void No_lane_that_can_open_no_place()
    {
        Assert.That(LanePlacement.Choose([]), Is.EqualTo(-1));
        Assert.That(LanePlacement.Choose([Closed, Closed]), Is.EqualTo(-1));
    }

    [Test]
    public void The_first_quiet_lane_is_taken_whatever_it_has_open() =>
        Assert.That(LanePlacement.Choose([Closed, Busy(0), Quiet(50), Quiet(0)]), Is.EqualTo(2));

    [Test]
    public void Where_all_are_busy_the_one_with_the_fewest_streams_is_taken_and_among_equals_the_first() =>
        Assert.That(LanePlacement.Choose([Closed, Busy(3), Busy(2), Busy(2)]), Is.EqualTo(2));

    private static LaneLoad Busy(int streams) => new(CanOpen: true, Busy: true, streams);

    private static LaneLoad Quiet(int streams) => new(CanOpen: true, Busy: false, streams);
}
