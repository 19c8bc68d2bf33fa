using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Tests.Engine;

internal sealed class ReceiveWindowTests
{
    private const long RoundTrip = 100 * TimeSpan.TicksPerMillisecond;
    private const long Plenty = 1 << 30;

    [Test]
    public void Credit_is_told_at_an_eighth_of_a_window()
    {
        var window = new ReceiveWindow(1000);
        Assert.That(window.TryReceive(600), Is.True);
        window.Taken(124);
        Assert.That(window.IsDue(Plenty), Is.False);
        window.Taken(1);
        Assert.That(window.IsDue(Plenty), Is.True);
        Assert.That((window.Held, window.Tell(), window.Credit, window.ToReturn), Is.EqualTo((475L, 125L, 525L, 0L)));
    }

    [TestCase(20_000, 2_500, true)]
    [TestCase(20_008, 2_500, false)]
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
        Assert.That(Taken((int)Size).Wanted(Start + RoundTrip, RoundTrip, 2, 0), Is.EqualTo(Size));

    [Test]
    public void A_window_that_is_taken_once_in_two_round_trips_is_large_enough() =>
        Assert.That(Taken((int)Size / 2).Wanted(Start + RoundTrip, RoundTrip, 2, 0), Is.Zero);

    [Test]
    public void A_reader_that_is_slow_gets_no_larger_window() =>
        Assert.That(Taken((int)Size).Wanted(Start + (10 * RoundTrip), RoundTrip, 2, 0), Is.Zero);

    [Test]
    public void What_comes_at_once_tells_nothing_before_a_round_trip_is_over()
    {
        ReceiveWindow window = Taken((int)Size / 2);
        Assert.That(window.Wanted(Start + 1, RoundTrip, 2, 0), Is.Zero);
        Assert.That(window.Wanted(Start + RoundTrip, RoundTrip, 2, 0), Is.Zero);
    }

    [Test]
    public void What_flowed_in_the_last_round_trip_counts_until_the_next_is_over()
    {
        ReceiveWindow window = Taken((int)Size);
        window.Wanted(Start + RoundTrip, RoundTrip, 2, 0);
        Assert.That(window.Wanted(Start + RoundTrip + 1, RoundTrip, 2, 0), Is.EqualTo(Size));
        Assert.That(window.Wanted(Start + (2 * RoundTrip), RoundTrip, 2, 0), Is.Zero);
    }

    [Test]
    public void Without_a_round_trip_nothing_grows() => Assert.That(Taken((int)Size).Wanted(Start + RoundTrip, 0, 2, 0), Is.Zero);

    [Test]
    public void What_others_hold_is_added() =>
        Assert.That(Taken((int)Size / 2).Wanted(Start + RoundTrip, RoundTrip, 2, beside: 70), Is.EqualTo(70));

    [Test]
    public void Growing_gives_credit_at_once()
    {
        var window = new ReceiveWindow(1000);
        window.Grow(500);
        Assert.That((window.Size, window.Credit, window.ToReturn), Is.EqualTo((1500L, 1500L, 0L)));
    }

    private const long Start = 5 * TimeSpan.TicksPerSecond;
    private const long Size = 100_000;

    /// <summary>A window of which so much was taken since the start.</summary>
    private static ReceiveWindow Taken(int bytes)
    {
        var window = new ReceiveWindow(Size);
        window.Wanted(Start, RoundTrip, 2, 0);
        window.TryReceive(bytes);
        window.Taken(bytes);
        return window;
    }
}
