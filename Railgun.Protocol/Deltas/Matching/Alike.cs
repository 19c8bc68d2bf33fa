using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Matching;

/// <summary>How far two stretches of bytes agree.</summary>
internal static unsafe class Alike
{
    /// <summary>How many bytes from <paramref name="a"/> and <paramref name="b"/> on are equal, at most <paramref name="limit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Forward(byte* a, byte* b, int limit)
    {
        int i = 0;
        if (limit >= Vector256<byte>.Count)
        {
            // Most that are not alike differ soon: found without a branch that cannot be foretold.
            uint equal = Vector256.Equals(Vector256.Load(a), Vector256.Load(b)).ExtractMostSignificantBits();
            return equal != uint.MaxValue ? BitOperations.TrailingZeroCount(~equal) : ForwardLong(a, b, limit);
        }

        while (i < limit && a[i] == b[i])
        {
            i++;
        }

        return i;
    }

    /// <summary>How many bytes before <paramref name="a"/> and <paramref name="b"/> are equal, at most <paramref name="limit"/>.</summary>
    public static int Backward(byte* a, byte* b, int limit)
    {
        int i = 0;
        while (i + sizeof(ulong) <= limit)
        {
            ulong differ = Unsafe.ReadUnaligned<ulong>(a - i - sizeof(ulong)) ^ Unsafe.ReadUnaligned<ulong>(b - i - sizeof(ulong));
            if (differ != 0)
            {
                return i + (BitOperations.LeadingZeroCount(differ) >> 3);
            }

            i += sizeof(ulong);
        }

        while (i < limit && a[-i - 1] == b[-i - 1])
        {
            i++;
        }

        return i;
    }

    private static int ForwardLong(byte* a, byte* b, int limit)
    {
        int i = Vector256<byte>.Count;
        while (i + Vector256<byte>.Count <= limit)
        {
            uint equal = Vector256.Equals(Vector256.Load(a + i), Vector256.Load(b + i)).ExtractMostSignificantBits();
            if (equal != uint.MaxValue)
            {
                return i + BitOperations.TrailingZeroCount(~equal);
            }

            i += Vector256<byte>.Count;
        }

        while (i + sizeof(ulong) <= limit)
        {
            ulong differ = Unsafe.ReadUnaligned<ulong>(a + i) ^ Unsafe.ReadUnaligned<ulong>(b + i);
            if (differ != 0)
            {
                return i + (BitOperations.TrailingZeroCount(differ) >> 3);
            }

            i += sizeof(ulong);
        }

        while (i < limit && a[i] == b[i])
        {
            i++;
        }

        return i;
    }
}
