using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class RateMeterTests
{
    private const long RoundTrip = 100 * TimeSpan.TicksPerMillisecond;

    private long _now;

    [SetUp]
    public void Begin() => _now = 1000;

    [Test]
    public void A_backlog_of_two_round_trips_tells_the_rate()
    {
        var meter = new RateMeter();
        Write(meter, pulls: 21, bytes: 10_000, every: RoundTrip / 10);
        Assert.That(meter.BytesPerSecond, Is.EqualTo(1_000_000).Within(10).Percent);
    }

    [Test]
    public void What_fills_the_queue_at_first_does_not_count()
    {
        var meter = new RateMeter();
        Write(meter, pulls: 50, bytes: 16_000, every: 1);
        Assert.That(meter.BytesPerSecond, Is.Null);
        Write(meter, pulls: 40, bytes: 10_000, every: RoundTrip / 10);
        Assert.That(meter.BytesPerSecond, Is.EqualTo(1_000_000).Within(20).Percent);
    }

    [Test]
    public void Little_tells_nothing_however_often_it_is_written()
    {
        var meter = new RateMeter();
        for (int i = 0; i < 1000; i++)
        {
            meter.Wrote(100, moreWaited: false, RoundTrip, _now += RoundTrip);
        }

        Assert.That(meter.BytesPerSecond, Is.Null);
    }

    [Test]
    public void The_best_counts_for_a_while()
    {
        var meter = new RateMeter();
        meter.Measured(1000, 0);
        meter.Measured(400, RateMeter.Remembered.Ticks);
        Assert.That(meter.BytesPerSecond, Is.EqualTo(1000));
        meter.Measured(400, RateMeter.Remembered.Ticks + 1);
        Assert.That(meter.BytesPerSecond, Is.EqualTo(400));
    }

    private void Write(RateMeter meter, int pulls, int bytes, long every)
    {
        for (int i = 0; i < pulls; i++)
        {
            meter.Wrote(bytes, moreWaited: i < pulls - 1, RoundTrip, _now += every);
        }
    }
}
