using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class FloodGuardTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Test]
    public void All_points_may_be_taken_and_one_more_is_too_many()
    {
        var guard = new FloodGuard(now: 0);
        Assert.That(Enumerable.Range(0, FloodGuard.Most).All(_ => guard.TryTake(1, now: 0)), Is.True);
        Assert.That(guard.TryTake(1, now: 0), Is.False);
    }

    [Test]
    public void A_second_gives_so_many_points_back_and_not_one_more()
    {
        var guard = new FloodGuard(now: 0);
        guard.TryTake(FloodGuard.Most, now: 0);
        Assert.That(guard.TryTake(FloodGuard.PerSecond, Second), Is.True);
        Assert.That(guard.TryTake(1, Second), Is.False);
    }

    [Test]
    public void Time_and_answers_never_give_more_points_than_there_are_at_first()
    {
        var guard = new FloodGuard(now: 0);
        guard.Answered();
        Assert.That(guard.TryTake(FloodGuard.Most, 60 * Second), Is.True);
        guard.Answered();
        Assert.That(guard.TryTake(FloodGuard.PerAnswer, 60 * Second), Is.True);
        Assert.That(guard.TryTake(1, 60 * Second), Is.False);
    }
}
