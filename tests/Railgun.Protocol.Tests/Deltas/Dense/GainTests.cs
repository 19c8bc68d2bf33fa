using Railgun.Protocol.Deltas.Dense;

namespace Railgun.Protocol.Tests.Deltas.Dense;

internal sealed class GainTests
{
    // Four letters by lot: two bits each, so a sample's entropy is 512 bytes.
    private const int Entropy = Gain.Sample / 4;

    private readonly Random _chance = new(7);
    private Gain _gain = null!;

    [SetUp]
    public void Begin() => _gain = new Gain();

    [Test]
    public void What_takes_as_much_as_its_entropy_again_and_again_gains_nothing()
    {
        AllButOne();
        Decide(Entropy);
        Assert.That(_gain.IsNone, Is.True);
    }

    [Test]
    public void What_takes_two_thirds_of_it_gains()
    {
        for (int sample = 0; sample < 20; sample++)
        {
            Decide(Entropy * 2 / 3);
            Assert.That(_gain.IsNone, Is.False);
        }
    }

    [Test]
    public void A_sample_that_gains_takes_back_the_one_before()
    {
        for (int sample = 0; sample < 20; sample++)
        {
            Decide(sample % Gain.Patience == 0 ? Entropy / 2 : Entropy);
            Assert.That(_gain.IsNone, Is.False);
        }
    }

    [Test]
    public void Before_a_sample_is_whole_nothing_is_said()
    {
        AllButOne();
        for (int i = 0; i < Gain.Sample - 1; i++)
        {
            _gain.Decided(i % 256, 4);
        }

        Assert.That(_gain.IsNone, Is.False);
        _gain.Decided(0, 4);
        Assert.That(_gain.IsNone, Is.True);
    }

    [Test]
    public void A_new_target_begins_anew()
    {
        AllButOne();
        Decide(Entropy);
        Assert.That(_gain.IsNone, Is.True);
        _gain.Restart();
        Assert.That(_gain.IsNone, Is.False);
        AllButOne();
    }

    private void AllButOne()
    {
        for (int sample = 1; sample < Gain.Patience; sample++)
        {
            Decide(Entropy);
            Assert.That(_gain.IsNone, Is.False);
        }
    }

    // One sample, of which so many bytes went out, four at a time.
    private void Decide(int coded)
    {
        int written = 0;
        for (int i = 1; i <= Gain.Sample; i++)
        {
            int due = coded * i / Gain.Sample / 4 * 4;
            _gain.Decided("acgt"[_chance.Next(4)], due - written);
            written = due;
        }
    }
}
