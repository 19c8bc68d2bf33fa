using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Tests.Deltas.Fast;

internal sealed class LadderTests
{
    [Test]
    public void Steps_and_bits_say_each_number([Values(1, 4)] int fine)
    {
        int before = 0;
        for (uint value = 0; value < 1 << 20; value += 1 + (value >> 9))
        {
            int step = Ladder.StepOf(value, fine, out int bits);
            uint least = Ladder.Least(step, fine, out int same);
            Assert.That(same, Is.EqualTo(bits));
            Assert.That(value, Is.InRange(least, least + (1u << bits) - 1));
            Assert.That(least & ((1u << bits) - 1), Is.Zero);
            Assert.That(step, Is.InRange(before, before + 1));
            before = step;
        }
    }

    [TestCase(15u, 15, 0)]
    [TestCase(16u, 16, 3)]
    [TestCase(24u, 17, 3)]
    [TestCase(131_071u, 41, 15)]
    public void Lengths_have_these_steps(uint value, int step, int bits)
    {
        Assert.That(Ladder.StepOf(value, FastModel.FineLengths, out int below), Is.EqualTo(step));
        Assert.That(below, Is.EqualTo(bits));
    }
}
