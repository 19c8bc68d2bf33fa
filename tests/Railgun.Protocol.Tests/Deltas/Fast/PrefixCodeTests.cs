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

    [Test]
    public void Where_rare_symbols_take_too_much_its_lengths_are_those_of_the_page([Range(0, 40)] int seed, [Values(PrefixCode.MaxBits, PrefixCode.MaxByteBits)] int maxBits)
    {
        int[] counts = SteepCounts(seed);
        int[] lengths = PlainCode.Lengths(counts, maxBits, out int lengthened);
        Assert.That(lengthened, Is.Positive);
        Assert.That(Make(counts, maxBits).Lengths.ToArray(), Is.EqualTo(lengths));
    }

    [Test]
    public void Its_lengths_are_those_of_the_page([Range(1, 30)] int seed, [Values(PrefixCode.MaxBits, PrefixCode.MaxByteBits)] int maxBits) =>
        Assert.That(Make(Counts(seed), maxBits).Lengths.ToArray(), Is.EqualTo(PlainCode.Lengths(Counts(seed), maxBits, out _)));

    [Test]
    public void Every_fraction_of_a_count_and_of_their_sum_is_cut_as_the_page_says([Range(0, 255, 5)] int first, [Values(1, 7, 31, 33, 64, 80, 255)] int size)
    {
        int[] counts = [.. Enumerable.Range(0, size).Select(i => (256 + ((first + i) & 255)) << (i % 5))];
        for (int more = 0; more < 256; more++)
        {
            counts[0] += 1 + (more << 3);
            Assert.That(Make(counts, PrefixCode.MaxByteBits).Lengths.ToArray(), Is.EqualTo(PlainCode.Lengths(counts, PrefixCode.MaxByteBits, out _)));
        }
    }

    [Test]
    public void Counts_up_to_the_most_have_the_lengths_of_the_page([Range(1, 24)] int log, [Values(3, 32, 100)] int size)
    {
        var random = new Random(log);
        int[] counts = [.. Enumerable.Range(0, size).Select(_ => random.Next(1, 1 << random.Next(1, Math.Max(2, log - 6))))];
        counts[size / 2] = Math.Max(1, (1 << log) - 1 - counts.Sum() + counts[size / 2]);
        Assert.That(Make(counts, PrefixCode.MaxBits).Lengths.ToArray(), Is.EqualTo(PlainCode.Lengths(counts, PrefixCode.MaxBits, out _)));
    }

    private static PrefixCode Make(int[] counts, int maxBits)
    {
        var code = new PrefixCode(counts.Length, maxBits);
        code.Make(counts);
        return code;
    }

    /// <summary>
    /// A few symbols have a little more than 1/2, 1/4 … of all, so that these are what they take; one of those parts is left for all others, and there are too many for it:
    /// rare ones take the least that there is, and some take more, up to twice what they have. Seed 0 stands for itself.
    /// </summary>
    private static int[] SteepCounts(int seed)
    {
        var random = new Random(seed);
        int[] counts = [.. Enumerable.Range(0, 256).Select(_ => random.Next(1, 3))];
        int[] common = seed == 0 ? [104_990, 52_591, 26_194, 6634, 1656, 1643, 97, 100, 98, 99, 97, 98, 99, 100, 97, 98, 100] : [.. Common(random)];
        for (int i = 0; i < common.Length; i++)
        {
            counts[((i * 37) + 5) & 255] = common[i];
        }

        return counts;
    }

    private static IEnumerable<int> Common(Random random)
    {
        int total = random.Next(1 << 16, 1 << 18);
        int parts = random.Next(3, 5);
        for (int part = 1; part <= parts; part++)
        {
            int pieces = random.Next(2);
            for (int i = 0; i <= pieces; i++)
            {
                yield return (total >> (part + pieces)) + random.Next(total >> 14);
            }
        }

        if (parts == 3)
        {
            int[] more =
            [
                .. Some(random.Next(4), (total >> 8) - (total >> 11), (total >> 8) - (total >> 13)),
                .. Some(random.Next(16, 30), total >> 10, total >> 9),
                .. Some(random.Next(10), total >> 11, total >> 10),
            ];
            foreach (int count in more)
            {
                yield return count;
            }
        }

        IEnumerable<int> Some(int many, int least, int beyond) => Enumerable.Range(0, many).Select(_ => random.Next(least, beyond));
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
