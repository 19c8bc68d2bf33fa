using System.Numerics;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// Numbers as steps that a code may learn, and bits below them: each number under 2^<c>fine</c> is a step of its own, from there on
/// each power of two has two.
/// </summary>
internal static class Ladder
{
    /// <summary>The step of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int StepOf(uint value, int fine, out int bits)
    {
        if (value < 1u << fine)
        {
            bits = 0;
            return (int)value;
        }

        int log = BitOperations.Log2(value);
        bits = log - 1;
        return (1 << fine) + ((log - fine) << 1) + (int)((value >> bits) & 1);
    }

    /// <summary>The least number of a step, and how many bits stand below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Least(int step, int fine, out int bits)
    {
        int over = step - (1 << fine);
        if (over < 0)
        {
            bits = 0;
            return (uint)step;
        }

        bits = fine + (over >> 1) - 1;
        return (2u + (uint)(over & 1)) << bits;
    }
}
