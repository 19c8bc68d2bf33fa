using System.Numerics;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// A number as: how many bits v &gt;&gt; k has (as many ones, then a zero), those below its leading one, then the low k bits. k follows the numbers seen.
/// </summary>
internal struct NumberCode
{
    /// <summary>The most bits of a number above its low k: more is invalid.</summary>
    public const int MaxBits = 29;

    private int _mean;
    private int _low;

    /// <summary>Begins; about <paramref name="usual"/> is expected.</summary>
    public NumberCode(int usual)
    {
        _mean = usual << 4;
        _low = LowBits(_mean);
    }

    /// <summary>Writes a number under 2^28.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ref BitWriter writer, int value)
    {
        uint high = (uint)value >> _low;
        int bits = high == 0 ? 0 : BitOperations.Log2(high) + 1;
        writer.Write((1u << bits) - 1, bits + 1);
        if (bits > 1)
        {
            writer.Write(high & ((1u << (bits - 1)) - 1), bits - 1);
        }

        writer.Write((uint)value & ((1u << _low) - 1), _low);
        Learn(value);
    }

    /// <summary>Reads a number; -1 if it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ref BitReader reader)
    {
        reader.Fill();
        int bits = BitOperations.TrailingZeroCount(~reader.Peek(32));
        if (bits + _low > MaxBits)
        {
            return -1;
        }

        reader.Skip(bits + 1);
        uint high = bits <= 1 ? (uint)bits : (1u << (bits - 1)) | reader.Read(bits - 1);
        int value = (int)((high << _low) | reader.Read(_low));
        Learn(value);
        return value;
    }

    private static int LowBits(int mean) => Math.Max(0, BitOperations.Log2((uint)(mean >> 4) | 1) - 1);

    private void Learn(int value)
    {
        _mean += (Math.Min(value, 1 << 20) - (_mean >> 4)) * 2;
        _mean = Math.Max(0, _mean);
        _low = LowBits(_mean);
    }
}
