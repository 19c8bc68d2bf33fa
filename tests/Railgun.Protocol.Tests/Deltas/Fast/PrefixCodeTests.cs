using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Tests.Deltas.Fast;

internal sealed class PrefixCodeTests
{
    [Test]
    public void Each_code_is_found_again_by_its_bits([Range(1, 30)] int seed)
    {
        PrefixCode code = Make(Counts(seed));
        int taken = 0;
        for (int i = 0; i < code.Codes.Length; i++)
        {
            int length = code.Codes[i] & 15;
            int first = code.Codes[i] >> 4 << (PrefixCode.MaxBits - length);
            Assert.That(length, Is.InRange(1, PrefixCode.MaxBits));
            for (int bits = first; bits < first + (1 << (PrefixCode.MaxBits - length)); bits++)
            {
                Assert.That(code.Table[bits], Is.EqualTo((i << 4) | length));
                taken++;
            }
        }

        Assert.That(taken, Is.LessThanOrEqualTo(1 << PrefixCode.MaxBits));
    }

    [Test]
    public void It_costs_little_more_than_the_counts_say([Range(1, 30)] int seed)
    {
        ushort[] counts = Counts(seed);
        PrefixCode code = Make(counts);
        double total = counts.Sum(count => count);
        double least = counts.Sum(count => count * Math.Log2(total / count));
        double bits = counts.Select((count, i) => count * (double)(code.Codes[i] & 15)).Sum();
        Assert.That(bits, Is.LessThan((least * 1.04) + (0.25 * total)));
    }

    [Test]
    public void Of_the_commonest_symbols_the_first_is_all_zeros()
    {
        Assert.That(UsualCounts.Commands.Code.Codes[0] >> 4, Is.Zero);
        Assert.That(UsualCounts.Lengths.Code.Codes[0] >> 4, Is.Zero);
    }

    [Test]
    public void Extremes_have_a_code([Values(1, 2, 256)] int size)
    {
        ushort[] counts = new ushort[size];
        Array.Fill(counts, (ushort)1);
        counts[size - 1] = ushort.MaxValue;
        PrefixCode code = Make(counts);
        Assert.That(code.Codes.Select(entry => 1.0 / (1 << (entry & 15))).Sum(), Is.LessThanOrEqualTo(1));
    }

    private static PrefixCode Make(ushort[] counts)
    {
        var code = new PrefixCode(counts.Length);
        code.Make(counts);
        return code;
    }

    private static ushort[] Counts(int seed)
    {
        var random = new Random(seed);
        var counts = new ushort[random.Next(2, 257)];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = (ushort)random.Next(1, 1 + (1 << random.Next(1, 12)));
        }

        return counts;
    }
}
