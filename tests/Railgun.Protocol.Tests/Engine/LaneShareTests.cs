using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class LaneShareTests
{
    [TestCase(1000, 1000, 500)]
    [TestCase(500, 1000, 125)]
    [TestCase(0, 1000, 0)]
    [TestCase(-5, 1000, 0)]
    [TestCase(1 << 30, 1 << 30, 1 << 29)]
    public void It_shrinks_with_the_square_of_what_is_left(long credit, long window, long share) => Assert.That(LaneShare.Of(credit, window), Is.EqualTo(share));

    [TestCase(10)]
    [TestCase(100)]
    [TestCase(1000)]
    public void Many_that_take_all_they_may_leave_room(int streams)
    {
        const long Window = 1 << 25;
        long credit = Window;
        for (int i = 0; i < streams; i++)
        {
            credit -= LaneShare.Of(credit, Window);
        }

        Assert.That(credit, Is.EqualTo(2 * Window / (streams + 2)).Within(20).Percent);
    }
}
