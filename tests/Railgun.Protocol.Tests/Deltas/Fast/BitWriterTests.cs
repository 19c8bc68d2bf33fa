using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Tests.Deltas.Fast;

internal sealed unsafe class BitWriterTests
{
    [Test]
    public void What_is_put_is_taken([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var output = new byte[4096];
        int[] counts = [.. Enumerable.Range(0, 500).Select(_ => random.Next(0, 29))];
        uint[] values = [.. counts.Select(count => (uint)random.Next(1 << count))];
        fixed (byte* bytes = output)
        {
            var writer = new BitWriter(bytes);
            for (int i = 0; i < counts.Length; i++)
            {
                writer.Put(values[i], counts[i]);
                writer.Flush();
            }

            ulong bit = 0;
            Assert.That(writer.Align(), Is.EqualTo((counts.Sum() + 7) / 8));
            for (int i = 0; i < counts.Length; i++)
            {
                ulong bits = BitReading.Look(bytes, bit);
                Assert.That((bits >> 1) >> (63 - counts[i]), Is.EqualTo(values[i]));
                bit += (ulong)counts[i];
            }
        }
    }

    [Test]
    public void The_highest_bit_comes_first_and_zeros_at_the_end_are_not_written()
    {
        var output = new byte[64];
        fixed (byte* bytes = output)
        {
            var writer = new BitWriter(bytes);
            writer.Put(1, 3);
            writer.Put(0b101, 5);
            writer.Put(0, 20);
            Assert.That(writer.Finish(bytes), Is.EqualTo(1));
        }

        Assert.That(output[0], Is.EqualTo(0b00100101));
    }
}
