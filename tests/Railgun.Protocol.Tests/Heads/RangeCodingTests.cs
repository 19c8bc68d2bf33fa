using Railgun.Protocol.Heads;
using Railgun.Protocol.Tests.Frames;

namespace Railgun.Protocol.Tests.Heads;

internal sealed class RangeCodingTests
{
    [Test]
    public void Any_decisions_come_back([Range(1, 200)] int seed)
    {
        var encoder = new RangeEncoder();
        encoder.Begin();
        Write(encoder, seed);
        byte[] block = Bytes.Of(encoder.Finish);
        var decoder = new RangeDecoder(block);
        Read(ref decoder, seed);
        Assert.That(decoder.AtEnd, Is.True);
    }

    [Test]
    public void A_block_of_what_was_expected_is_short()
    {
        ushort model = BitModel.Even;
        var encoder = new RangeEncoder();
        encoder.Begin();
        for (int i = 0; i < 1000; i++)
        {
            encoder.Bit(ref model, false);
        }

        Assert.That(Bytes.Of(encoder.Finish), Has.Length.LessThanOrEqualTo(3));
        encoder.Begin();
        Assert.That(Bytes.Of(encoder.Finish), Is.Empty);
    }

    [Test]
    public void A_model_never_becomes_sure()
    {
        ushort yes = BitModel.Even;
        ushort no = BitModel.Even;
        for (int i = 0; i < 1000; i++)
        {
            BitModel.Learn(ref yes, true);
            BitModel.Learn(ref no, false);
        }

        Assert.That((yes, no), Is.EqualTo(((ushort)(4096 - 15), (ushort)15)));
    }

    [TestCase(0UL)]
    [TestCase(1UL)]
    [TestCase(65_535UL)]
    [TestCase(65_536UL)]
    [TestCase(NumberModel.Max)]
    public void A_number_up_to_its_bound_is_read_and_one_above_is_not(ulong value)
    {
        var encoder = new RangeEncoder();
        encoder.Begin();
        encoder.Number(new NumberModel(), value);
        byte[] block = Bytes.Of(encoder.Finish);
        var within = new RangeDecoder(block);
        Assert.That((within.Number(new NumberModel(), value), within.Failed), Is.EqualTo((value, false)));
        if (value > 0)
        {
            var beyond = new RangeDecoder(block);
            beyond.Number(new NumberModel(), value - 1);
            Assert.That(beyond.Failed, Is.True);
        }
    }

    [Test]
    public void The_code_lengths_are_those_of_a_full_prefix_code()
    {
        // With the 30 bits of its end symbol, the code of RFC 7541 leaves nothing unused.
        long sum = 1;
        for (int symbol = 0; symbol < 256; symbol++)
        {
            sum += 1L << (30 - HuffmanLengths.Of((byte)symbol));
        }

        Assert.That(sum, Is.EqualTo(1L << 30));
    }

    [Test]
    public void Each_alphabet_tells_each_byte()
    {
        foreach (Alphabet alphabet in new[] { Alphabet.Text, Alphabet.Hex, Alphabet.Base64 })
        {
            Assert.That(alphabet.Total, Is.LessThanOrEqualTo(1 << 16));
            for (int symbol = 0; symbol < 256; symbol++)
            {
                Assert.That(alphabet.Share((byte)symbol), Is.GreaterThan(0));
                Assert.That(alphabet.At(alphabet.Start((byte)symbol)), Is.EqualTo(symbol));
                Assert.That(alphabet.At(alphabet.Start((byte)symbol) + alphabet.Share((byte)symbol) - 1), Is.EqualTo(symbol));
            }
        }
    }

    private static void Write(RangeEncoder encoder, int seed)
    {
        var random = new Random(seed);
        ushort[] models = BitModel.Make(3);
        var numbers = new NumberModel();
        int bias = random.Next(1, 300);
        for (int i = 0; i < 400; i++)
        {
            switch (random.Next(4))
            {
                case 0:
                    int count = random.Next(1, RangeEncoder.MaxDirect + 1);
                    encoder.Direct((uint)random.Next(1 << count), count);
                    break;
                case 1:
                    encoder.Number(numbers, (ulong)random.NextInt64((long)NumberModel.Max) >> random.Next(60));
                    break;
                case 2:
                    encoder.Symbol(Alphabet.Text, (byte)random.Next(256));
                    break;
                default:
                    encoder.Bit(ref models[random.Next(3)], random.Next(bias) == 0);
                    break;
            }
        }
    }

    private static void Read(ref RangeDecoder decoder, int seed)
    {
        var random = new Random(seed);
        ushort[] models = BitModel.Make(3);
        var numbers = new NumberModel();
        int bias = random.Next(1, 300);
        for (int i = 0; i < 400; i++)
        {
            switch (random.Next(4))
            {
                case 0:
                    int count = random.Next(1, RangeEncoder.MaxDirect + 1);
                    Assert.That(decoder.Direct(count), Is.EqualTo((uint)random.Next(1 << count)));
                    break;
                case 1:
                    Assert.That(decoder.Number(numbers, NumberModel.Max), Is.EqualTo((ulong)random.NextInt64((long)NumberModel.Max) >> random.Next(60)));
                    break;
                case 2:
                    Assert.That(decoder.Symbol(Alphabet.Text), Is.EqualTo((byte)random.Next(256)));
                    break;
                default:
                    ref ushort model = ref models[random.Next(3)];
                    Assert.That(decoder.Bit(ref model), Is.EqualTo(random.Next(bias) == 0));
                    break;
            }
        }
    }
}
