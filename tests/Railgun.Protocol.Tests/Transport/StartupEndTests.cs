using Railgun.Protocol.Transport;

namespace Railgun.Protocol.Tests.Transport;

internal sealed class StartupEndTests
{
    private const int Rate = 10_000_000;
    private const long Held = (long)(Rate * StartupEnd.Held);
    private const double Startup = 2.89;

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
    public void Where_the_line_takes_less_than_BBR_thinks_it_is_held_under_what_it_takes()
    {
        for (int round = 0; round < StartupEnd.FullRoundTrips; round++)
        {
            Round(filled: 0.8);
        }

        Assert.That(Round(filled: 0.8), Is.EqualTo(Held * 0.8).Within(1).Percent);
    }

    [Test]
    public void It_is_held_until_BBR_leaves_STARTUP_and_never_again()
    {
        Hold();
        Assert.That(Rounds(4), Is.EqualTo(Held).Within(1));
        for (int round = 0; round < 100; round++)
        {
            Assert.That(Round(gain: 0.35), Is.Zero);
        }

        Assert.That(_end.Holds, Is.False);
    }

    [Test]
    public void It_is_not_held_for_good_where_BBR_stays_and_the_next_time_is_later()
    {
        Hold();
        Assert.That(Rounds(StartupEnd.MostHeldRoundTrips - 1), Is.EqualTo(Held).Within(1));
        Assert.That(Rounds(1), Is.Zero);
        Assert.That(Rounds((2 * StartupEnd.FullRoundTrips) - 1), Is.Zero);
        Assert.That(Rounds(2), Is.EqualTo(Held).Within(1));
    }

    [Test]
    public void It_is_not_held_for_good_where_nothing_more_is_said()
    {
        Hold();
        _now += StartupEnd.MostHeldRoundTrips * 130 * TimeSpan.TicksPerMillisecond;
        Round(filled: 0, waits: false);
        Assert.That(_end.Holds, Is.False);
    }

    [Test]
    public void A_rate_that_still_grows_is_left_alone()
    {
        for (double rate = 1000; rate < 1e9; rate *= 1.3)
        {
            Assert.That(Round(rate), Is.Zero);
        }
    }

    [TestCase(Startup, 1.0, true, 100, 110, TestName = "No queue stands on the line")]
    [TestCase(Startup, 1.0, true, 3, 6, TestName = "Less of a queue than what processors make wait")]
    [TestCase(1.25, 1.0, true, 100, 150, TestName = "BBR looks for more, but is beyond STARTUP")]
    [TestCase(1.0, 1.0, true, 100, 150, TestName = "BBR is beyond STARTUP")]
    [TestCase(1.0, 0.4, true, 100, 150, TestName = "BBR is beyond STARTUP, and the sender takes its time")]
    [TestCase(0.0, 1.0, true, 100, 150, TestName = "Another congestion control, or one that tells nothing")]
    [TestCase(Startup, 0.6, true, 100, 150, TestName = "The sender has not enough to fill the line")]
    [TestCase(Startup, 1.0, false, 100, 150, TestName = "Nothing waits: the rate that BBR knows is the sender's own")]
    public void Elsewhere_the_pace_is_left_alone(double gain, double filled, bool waits, int shortest, int now)
    {
        for (int round = 0; round < 100; round++)
        {
            Assert.That(Round(Rate, gain, filled, waits, shortest, now), Is.Zero);
        }
    }

    [Test]
    public void One_round_trip_that_took_long_is_no_queue()
    {
        for (int round = 0; round < 100; round++)
        {
            Assert.That(Round(smoothed: round % 5 == 0 ? 135 : 102), Is.Zero);
        }
    }

    private void Hold()
    {
        Rounds(StartupEnd.FullRoundTrips + 1);
        Assert.That(_end.Holds, Is.True);
    }

    private long Rounds(int count)
    {
        long limit = 0;
        for (int round = 0; round < count; round++)
        {
            limit = Round();
        }

        return limit;
    }

    // What the line takes in a round trip is sent, in as long a time; a tenth of it between two looks.
    private long Round(double rate = Rate, double gain = Startup, double filled = 1, bool waits = true, int shortest = 100, int smoothed = 130)
    {
        long limit = 0;
        for (int look = 0; look < 10; look++)
        {
            _now += smoothed * TimeSpan.TicksPerMillisecond / 10;
            _sent += (long)(rate * filled * smoothed / 10_000);
            var rates = new TcpRates((long)rate, ByLine: false, (long)(rate * gain), 0, TimeSpan.FromMilliseconds(shortest), TimeSpan.FromMilliseconds(smoothed));
            limit = _end.Limit(new BbrState((long)rate, gain), rates, waits, _sent, _now);
        }

        return limit;
    }
}
