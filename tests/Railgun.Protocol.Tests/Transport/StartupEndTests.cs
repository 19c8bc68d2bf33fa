using Railgun.Protocol.Transport;

namespace Railgun.Protocol.Tests.Transport;

internal sealed class StartupEndTests
{
    private const int Rate = 10_000_000;
    private const long RoundTrip = 100 * TimeSpan.TicksPerMillisecond;
    private const long Held = (long)(Rate * StartupEnd.Held);

    // What BBR paces at in STARTUP, as a multiple of what it has measured.
    private const double Startup = 2.86;

    private StartupEnd _end = null!;
    private long _now;
    private long _sent;

    [SetUp]
    public void Begin() => (_end, _now, _sent) = (new StartupEnd(), 1000, 0);

    [Test]
    public void Where_the_line_is_full_and_the_sender_seems_the_limit_the_pace_is_held_just_under_what_the_line_takes()
    {
        Assert.That(Rounds(StartupEnd.FullRoundTrips), Is.Zero);
        Assert.That(Rounds(1), Is.EqualTo(Held).Within(1));
    }

    [Test]
    public void It_is_held_until_the_line_was_the_limit_for_as_long_as_BBR_asks()
    {
        Hold();
        Assert.That(Rounds(2), Is.EqualTo(Held).Within(1));
        Assert.That(Rounds(StartupEnd.HeldRoundTrips - 1, byLine: true), Is.EqualTo(Held).Within(1));
        Assert.That(Rounds(2, byLine: true), Is.Zero);
    }

    [Test]
    public void It_is_not_held_for_good_where_the_line_never_becomes_the_limit_and_the_next_time_is_later()
    {
        Hold();
        Assert.That(Rounds(StartupEnd.MostHeldRoundTrips - 1), Is.EqualTo(Held).Within(1));
        Assert.That(Rounds(1), Is.Zero);
        Assert.That(Rounds((2 * StartupEnd.FullRoundTrips) - 1), Is.Zero);
        Assert.That(Rounds(1), Is.EqualTo(Held).Within(1));
    }

    [Test]
    public void It_is_not_held_while_nothing_more_is_said()
    {
        Hold();
        _now += RoundTrip * StartupEnd.MostHeldRoundTrips;
        Assert.That(_end.Limit(default, _sent, _now), Is.Zero);
    }

    [Test]
    public void A_rate_that_still_grows_is_left_alone()
    {
        for (double rate = 1000; rate < 1e9; rate *= 1.3)
        {
            Assert.That(Round(rate, Startup), Is.Zero);
        }
    }

    [TestCase(Startup, 1.0, 100, 100, TestName = "No queue stands on the line")]
    [TestCase(1.25, 1.0, 100, 150, TestName = "BBR looks for more, but is beyond STARTUP")]
    [TestCase(1.0, 1.0, 100, 150, TestName = "BBR is beyond STARTUP")]
    [TestCase(Startup, 0.6, 100, 150, TestName = "The sender has not enough to fill the line")]
    [TestCase(Startup, 1.0, 1, 9, TestName = "The line is short")]
    public void Elsewhere_the_pace_is_left_alone(double gain, double filled, int shortest, int now)
    {
        for (int round = 0; round < 100; round++)
        {
            Assert.That(Round(Rate, gain, filled, shortest: shortest, smoothed: now), Is.Zero);
        }
    }

    [Test]
    public void A_queue_that_is_gone_for_a_moment_is_a_queue()
    {
        for (int round = 0; round < StartupEnd.FullRoundTrips; round++)
        {
            Round(Rate, Startup, smoothed: round % 2 == 0 ? 150 : 105);
        }

        Assert.That(Round(Rate, Startup, smoothed: 105), Is.Not.Zero);
    }

    private void Hold()
    {
        while (Rounds(1) == 0)
        {
        }
    }

    private long Rounds(int count, bool byLine = false)
    {
        long limit = 0;
        for (int round = 0; round < count; round++)
        {
            limit = Round(Rate, Startup, byLine: byLine);
        }

        return limit;
    }

    // A shortest round trip's worth of what the line takes is sent, in as long a time; a tenth of it between two looks.
    private long Round(double rate, double gain, double filled = 1, bool byLine = false, int shortest = 100, int smoothed = 100 + 30)
    {
        long limit = 0;
        for (int look = 0; look < 10; look++)
        {
            _now += smoothed * TimeSpan.TicksPerMillisecond / 10;
            _sent += (long)(rate * filled * smoothed / 10_000);
            var rates = new TcpRates((long)rate, byLine, (long)(rate * gain), 0, TimeSpan.FromMilliseconds(shortest), TimeSpan.FromMilliseconds(smoothed));
            limit = _end.Limit(rates, _sent, _now);
        }

        return limit;
    }
}
