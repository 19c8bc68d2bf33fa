using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>How many bits symbols want by their counts, of 32 at a time (DELTA_FORMAT.md, Codes). Integers decide, so that every machine finds the same.</summary>
internal static unsafe class WantedBits
{
    /// <summary>Of so many parts of a bit they are known.</summary>
    public const int Parts = 16;

    private const int Lanes = 32;
    private const int FloatBias = 127;
    private const int FractionBits = 8;
    private const int FloatFractionBits = 23;

    /// <summary>256 * 2^(1/16), 256 * 2^(2/16), ... less 256 and less 1, as signed bytes of which -128 stands for 0: what is greater has reached it.</summary>
    private static ReadOnlySpan<sbyte> Steps => [-118, -106, -93, -81, -67, -53, -38, -23, -7, 10, 27, 46, 65, 85, 105];

    /// <summary>Measures <paramref name="size"/> symbols.</summary>
    /// <param name="counts">Of each at least 1; all together below 2^24.</param>
    /// <param name="size">How many.</param>
    /// <param name="maxBits">The most bits that one may get, at most 11.</param>
    /// <param name="lengths">Gets the next whole number of bits above what each wants, or <paramref name="maxBits"/>. Room for the next multiple of 32.</param>
    /// <param name="parts">Gets how many 16ths of the last bit each wants; <see cref="Parts"/> where it wants more than it may get. Likewise.</param>
    public static void Measure(int* counts, int size, int maxBits, byte* lengths, byte* parts)
    {
        uint total = Total(counts, size);
        int log = BitOperations.Log2(total);
        int part = PartOf((byte)(((ulong)total << FractionBits) >> log));
        int i = 0;
        for (; i <= size - Lanes; i += Lanes)
        {
            MeasureSome(counts + i, log, part, maxBits, lengths + i, parts + i);
        }

        if (i < size)
        {
            int* rest = stackalloc int[Lanes];
            new Span<int>(rest, Lanes).Clear();
            new ReadOnlySpan<int>(counts + i, size - i).CopyTo(new Span<int>(rest, Lanes));
            MeasureSome(rest, log, part, maxBits, lengths + i, parts + i);
        }
    }

    private static uint Total(int* counts, int size)
    {
        Vector256<int> sums = default;
        int i = 0;
        for (; i <= size - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            sums += Vector256.Load(counts + i);
        }

        int total = Vector256.Sum(sums);
        for (; i < size; i++)
        {
            total += counts[i];
        }

        return (uint)total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MeasureSome(int* counts, int log, int part, int maxBits, byte* lengths, byte* parts)
    {
        Vector256<ushort> low = Vector256.Narrow(Log(counts), Log(counts + 8));
        Vector256<ushort> high = Vector256.Narrow(Log(counts + 16), Log(counts + 24));
        Vector256<sbyte> fractions = Vector256.Narrow(low, high).AsSByte() ^ Vector256.Create(sbyte.MinValue);
        Vector256<byte> logs = Vector256.Narrow(low >>> FractionBits, high >>> FractionBits);
        Vector256<sbyte> less = default;
        foreach (sbyte step in Steps)
        {
            less += Vector256.GreaterThan(fractions, Vector256.Create(step));
        }

        // No count is above the total, so nothing goes below 0; and one bit beyond the most is as good as more.
        Vector256<byte> whole = Vector256.Min(Vector256.Create((byte)(log + FloatBias)) - logs, Vector256.Create((byte)(maxBits + 1)));
        Vector256<byte> bits = (whole << 4) + Vector256.Create((byte)part) + less.AsByte();
        Vector256<byte> over = Vector256.GreaterThan(bits, Vector256.Create((byte)((maxBits * Parts) - 1)));
        Vector256<byte> fraction = bits & Vector256.Create((byte)(Parts - 1));
        (Vector256.Min(bits >>> 4, Vector256.Create((byte)(maxBits - 1))) + Vector256<byte>.One).Store(lengths);
        Vector256.ConditionalSelect(over, Vector256.Create((byte)Parts), fraction).Store(parts);
    }

    /// <summary>log2 as floating point has it, with its bias, above the first eight bits behind the leading one: nothing is rounded, as counts are below 2^24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Log(int* counts) => Vector256.ConvertToSingle(Vector256.Load(counts)).AsUInt32() >>> (FloatFractionBits - FractionBits);

    private static int PartOf(byte fraction)
    {
        int part = 0;
        foreach (sbyte step in Steps)
        {
            part += fraction + sbyte.MinValue > step ? 1 : 0;
        }

        return part;
    }
}
