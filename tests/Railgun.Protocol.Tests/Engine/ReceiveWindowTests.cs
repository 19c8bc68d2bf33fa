using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class ReceiveWindowTests
{
    private const long RoundTrip = 100 * TimeSpan.TicksPerMillisecond;
    private const long Plenty = 1 << 30;

    [Test]
    public void Credit_is_told_at_half_a_window()
    {
        var window = new ReceiveWindow(1000);
        Assert.That(window.TryReceive(600), Is.True);
        window.Taken(499);
        Assert.That(window.IsDue(Plenty), Is.False);
        window.Taken(1);
        Assert.That(window.IsDue(Plenty), Is.True);
        Assert.That((window.Held, window.Tell(1), window.Credit, window.ToReturn), Is.EqualTo((100L, 500L, 900L, 0L)));
    }

    [TestCase(20_000, 10_000, true)]
    [TestCase(20_002, 10_000, false)]
    [TestCase(8191, 1, true)]
    [TestCase(0, 0, false)]
    public void The_smaller_a_share_the_earlier(long share, int taken, bool due)
    {
        var window = new ReceiveWindow(1 << 20);
        window.TryReceive(taken);
        window.Taken(taken);
        Assert.That(window.IsDue(share), Is.EqualTo(due));
    }

    [Test]
    public void More_than_the_credit_is_refused()
    {
        var window = new ReceiveWindow(1000);
        Assert.That((window.TryReceive(1000), window.TryReceive(1)), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_window_that_is_taken_once_a_round_trip_wants_to_double() =>
        Assert.That(Half().Wanted(Start + (RoundTrip / 2), RoundTrip, 0), Is.EqualTo(Size));

    [Test]
    public void A_window_that_is_taken_once_in_two_round_trips_is_large_enough() =>
        Assert.That(Half().Wanted(Start + RoundTrip, RoundTrip, 0), Is.Zero);

    [Test]
    public void A_reader_that_is_slow_gets_no_larger_window() =>
        Assert.That(Half().Wanted(Start + (10 * RoundTrip), RoundTrip, 0), Is.Zero);

    [Test]
    public void Without_a_round_trip_nothing_grows() => Assert.That(Half().Wanted(Start + 1, 0, 0), Is.Zero);

    [Test]
    public void What_others_hold_is_added() =>
        Assert.That(Half().Wanted(Start + RoundTrip, RoundTrip, beside: 70), Is.EqualTo(70));

    [Test]
    public void Growing_gives_credit_at_once()
    {
        var window = new ReceiveWindow(1000);
        window.Grow(500);
        Assert.That((window.Size, window.Credit, window.ToReturn), Is.EqualTo((1500L, 1500L, 0L)));
    }

    private const long Start = 5 * TimeSpan.TicksPerSecond;
    private const long Size = 100_000;

    /// <summary>A window that told what was taken at the start, and of which half was taken since.</summary>
    private static ReceiveWindow Half()
    {
        var window = new ReceiveWindow(Size);
        window.Tell(Start);
        window.TryReceive((int)Size);
        window.Taken((int)Size / 2);
        return window;
    }
}
