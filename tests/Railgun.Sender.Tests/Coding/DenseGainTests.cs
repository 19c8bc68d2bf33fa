using Railgun.Sender.Coding;

namespace Railgun.Sender.Tests.Coding;

/// <summary>Where the dense level is worth a try.</summary>
internal sealed class DenseGainTests
{
    private const long Slow = 100_000;
    private const long Middling = 300_000;
    private const long Usual = 2_000_000;

    [TestCase(Slow, 256, false, true)]
    [TestCase(Slow, 255, true, false, Description = "nothing to save")]
    [TestCase(Usual, 5_000, true, false)]
    [TestCase(null, 5_000, true, false, Description = "not known to be slow")]
    [TestCase(Usual, 14_000, true, false, Description = "fits the first flight as it is")]
    [TestCase(Usual, 14_001, true, true)]
    [TestCase(Usual, 18_600, true, true)]
    [TestCase(Usual, 18_800, true, false, Description = "would not fit either")]
    [TestCase(Usual, 42_001, true, true, Description = "would not fit the second flight, which is twice as long")]
    [TestCase(Middling, 1_201, true, true)]
    [TestCase(Middling, 1_200, true, false, Description = "each byte saved takes more work")]
    [TestCase(Usual, 15_000, false, false, Description = "more follows")]
    public void It_may_pay(long? rate, int delta, bool isAll, bool expected) =>
        Assert.That(DenseGain.MayPay(new LaneTraits(0, rate), delta, isAll), Is.EqualTo(expected));

    [TestCase(0, 15_000, true)]
    [TestCase(15_000, 15_000, false, Description = "fits as it is")]
    [TestCase(15_000, 15_001, true)]
    [TestCase(1_000_000, 40_000, false)]
    public void What_fits_at_once_is_the_connections_window_and_never_less_than_ten_packets(long flight, int delta, bool expected) =>
        Assert.That(DenseGain.MayPay(new LaneTraits(0, Usual, flight), delta, isAll: true), Is.EqualTo(expected));

    [TestCase(20, 15_000, true)]
    [TestCase(15, 15_000, true)]
    [TestCase(14, 15_000, false)]
    public void A_round_trip_has_to_be_longer_than_the_work(int milliseconds, int delta, bool expected) =>
        Assert.That(DenseGain.MayPay(new LaneTraits(0, Usual, 0, TimeSpan.FromMilliseconds(milliseconds)), delta, isAll: true), Is.EqualTo(expected));

    [TestCase(255, true, false)]
    [TestCase(256, true, true)]
    [TestCase(1_200, true, true)]
    [TestCase(1_201, true, false)]
    [TestCase(1_000, false, false)]
    public void Short_deltas_are_cheap(int delta, bool isAll, bool expected) => Assert.That(DenseGain.IsCheap(delta, isAll), Is.EqualTo(expected));
}
