using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Tests.Deltas.Fast;

internal sealed class PrefixCodeTests
{
    [Test]
    public unsafe void Each_code_is_found_again_by_its_bits([Range(1, 30)] int seed, [Values(PrefixCode.MaxBits, PrefixCode.MaxByteBits)] int maxBits)
    {
        PrefixCode code = Make(Counts(seed), maxBits);
        var table = new CodeTable(maxBits);
        table.Fill(code, new byte[code.Codes.Length]);
        int taken = 0;
        for (int i = 0; i < code.Codes.Length; i++)
        {
            int length = code.Codes[i] & 15;
            int first = code.Codes[i] >> 4 << (maxBits - length);
            Assert.That(length, Is.InRange(1, maxBits));
            for (int bits = first; bits < first + (1 << (maxBits - length)); bits++)
            {
                Assert.That(CodeTable.SymbolOf(table.Entries[bits]), Is.EqualTo(i));
                Assert.That(CodeTable.SizeOf(table.Entries[bits]), Is.EqualTo(length));
                taken++;
            }
        }

        Assert.That(taken, Is.LessThanOrEqualTo(1 << maxBits));
    }

    [Test]
    public void An_entry_says_a_number_with_the_bits_below_it()
    {
        var code = new PrefixCode(2, PrefixCode.MaxBits);
        code.Make([1, 3]);
        var table = new CodeTable(PrefixCode.MaxBits);
        table.Fill(code, [3, 0]);
        int length = code.Codes[0] & 15;
        ulong bits = (((ulong)code.Codes[0] >> 4 << 3) | 0b101) << (61 - length);
        uint entry;
        unsafe
        {
            entry = table.Entries[bits >> (64 - PrefixCode.MaxBits)];
        }

        Assert.That(CodeTable.SymbolOf(entry), Is.Zero);
        Assert.That(new Meaning(-8, 0b111).In(entry, bits), Is.EqualTo((nint)(-8 + 5)));
        Assert.That(CodeTable.SizeOf(entry), Is.EqualTo(length + 3));
    }

    [Test]
    public void It_costs_little_more_than_the_counts_say([Range(1, 30)] int seed)
    {
        int[] counts = Counts(seed);
        PrefixCode code = Make(counts, PrefixCode.MaxByteBits);
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
        int[] counts = new int[size];
        Array.Fill(counts, 1);
        counts[size - 1] = 1 << 20;
        PrefixCode code = Make(counts, PrefixCode.MaxByteBits);
        Assert.That(code.Codes.Select(entry => 1.0 / (1 << (entry & 15))).Sum(), Is.LessThanOrEqualTo(1));
    }

    private static PrefixCode Make(int[] counts, int maxBits)
    {
        var code = new PrefixCode(counts.Length, maxBits);
        code.Make(counts);
        return code;
    }

    private static int[] Counts(int seed)
    {
        var random = new Random(seed);
        var counts = new int[random.Next(2, 257)];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = random.Next(1, 1 + (1 << random.Next(1, 12)));
        }

        return counts;
    }
}
