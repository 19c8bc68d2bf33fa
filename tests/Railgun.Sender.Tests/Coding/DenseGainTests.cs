using Railgun.Sender.Coding;

namespace Railgun.Sender.Tests.Coding;

/// <summary>Where the dense level is worth a try.</summary>
internal sealed class DenseGainTests
{
    private const long Slow = 100_000;
    private const long Usual = 2_000_000;

    [TestCase(Slow, 256, false, true)]
    [TestCase(Slow, 255, true, false, Description = "nothing to save")]
    [TestCase(Usual, 5_000, true, false)]
    [TestCase(null, 5_000, true, false, Description = "not known to be slow")]
    [TestCase(Usual, 14_000, true, false, Description = "fits the first flight as it is")]
    [TestCase(Usual, 14_001, true, true)]
    [TestCase(Usual, 17_500, true, true)]
    [TestCase(Usual, 17_505, true, false, Description = "would not fit either")]
    [TestCase(Usual, 15_000, false, false, Description = "more follows")]
    public void It_may_pay(long? rate, int delta, bool isAll, bool expected) =>
        Assert.That(DenseGain.MayPay(new LaneTraits(0, rate), delta, isAll), Is.EqualTo(expected));
}
