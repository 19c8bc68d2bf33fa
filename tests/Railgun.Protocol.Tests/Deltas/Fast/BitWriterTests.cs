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

            var reader = new BitReader(bytes, writer.Finish());
            for (int i = 0; i < counts.Length; i++)
            {
                reader.Fill();
                Assert.That(reader.Take(counts[i]), Is.EqualTo(values[i]));
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
            Assert.That(writer.Finish(), Is.EqualTo(1));
        }

        Assert.That(output[0], Is.EqualTo(0b00100101));
    }

    [Test]
    public void Behind_the_payload_there_are_zeros_without_end()
    {
        byte one = 0xFF;
        var reader = new BitReader(&one, 1);
        reader.Fill();
        Assert.That(reader.Take(12), Is.EqualTo(0xFF0));
        for (int i = 0; i < 100; i++)
        {
            reader.Fill();
            Assert.That(reader.Take(28), Is.Zero);
        }
    }
}
