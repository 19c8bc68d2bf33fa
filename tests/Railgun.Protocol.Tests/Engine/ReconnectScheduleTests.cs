using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class ReconnectScheduleTests
{
    [Test]
    public void The_first_try_is_at_once_then_within_a_second_then_within_ten()
    {
        var schedule = new ReconnectSchedule(seed: 1);
        long now = 0;
        Assert.That(schedule.NextWait(now), Is.EqualTo(TimeSpan.Zero));
        for (int i = 0; i < 20; i++)
        {
            Assert.That(schedule.NextWait(now), Is.InRange(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1)));
        }

        now = ReconnectSchedule.EagerFor.Ticks;
        List<TimeSpan> patient = [.. Enumerable.Range(0, 50).Select(_ => schedule.NextWait(now))];
        Assert.That(patient, Has.All.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));
        Assert.That(patient, Has.Some.GreaterThan(TimeSpan.FromSeconds(5)));
        Assert.That(patient.Distinct().Count(), Is.GreaterThan(40));
    }

    [Test]
    public void A_lane_that_lived_ends_the_outage_and_one_that_died_at_once_does_not()
    {
        var schedule = new ReconnectSchedule(seed: 1);
        schedule.NextWait(0);
        schedule.Ended(ReconnectSchedule.Calm - TimeSpan.FromTicks(1));
        Assert.That(schedule.NextWait(1), Is.GreaterThan(TimeSpan.Zero));
        schedule.Ended(ReconnectSchedule.Calm);
        Assert.That(schedule.NextWait(2), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void The_seed_decides()
    {
        static TimeSpan[] Waits(int seed)
        {
            var schedule = new ReconnectSchedule(seed);
            return [.. Enumerable.Range(0, 10).Select(_ => schedule.NextWait(0))];
        }

        TimeSpan[] once = Waits(5);
        TimeSpan[] again = Waits(5);
        Assert.That(again, Is.EqualTo(once));
        Assert.That(Waits(6), Is.Not.EqualTo(once));
    }
}
