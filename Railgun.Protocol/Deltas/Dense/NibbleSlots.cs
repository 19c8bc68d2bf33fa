using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Sixteen lanes that learn one nibble in one context: lane 0 tells whose they are, lanes 1 to 15 are the nodes of the nibble's tree, each 12
/// bits of chance that the bit is 1 above 4 bits that count what it has seen.
/// </summary>
internal static class NibbleSlots
{
    /// <summary>Even chances, nothing seen.</summary>
    private const ushort Fresh = 2048 << 4;

    /// <summary>By what a node has seen: how far it goes towards the next bit, in 256ths.</summary>
    private static Vector128<byte> Rates => Vector128.Create((byte)200, 118, 81, 60, 48, 39, 34, 30, 28, 26, 25, 24, 24, 24, 24, 24);

    /// <summary>Makes the slots at <paramref name="slots"/> those of <paramref name="owner"/>, fresh if they were another's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ushort* Owned(ushort* slots, ushort owner)
    {
        if (*slots != owner)
        {
            Vector256.Create(Fresh).WithElement(0, owner).Store(slots);
        }

        return slots;
    }

    /// <summary>The chances' places on the mixing scale, in 256ths.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Stretch(Vector256<ushort> slots)
    {
        Vector256<ushort> odd = ((slots >> 3) & Vector256.Create((ushort)0x1FFE)) | Vector256<ushort>.One;
        (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(odd);
        return Vector256.Narrow(Stretch(low.AsInt32()), Stretch(high.AsInt32()));
    }

    /// <summary>The slots after a nibble.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Learn(Vector256<ushort> slots, Vector256<ushort> path, Vector256<short> target)
    {
        Vector256<ushort> seen = slots & Vector256.Create((ushort)15);
        Vector256<short> rate = Lanes.Pick(Rates, seen) << 7;
        Vector256<short> chance = ((slots >> 1) & Vector256.Create((ushort)0x7FF8)).AsInt16();
        chance += Lanes.Scale(target - chance, rate);
        seen = Vector256.Min(seen + Vector256<ushort>.One, Vector256.Create((ushort)15));
        return Vector256.ConditionalSelect(path, ((chance.AsUInt16() << 1) & Vector256.Create((ushort)0xFFF0)) | seen, slots);
    }

    // A whole number's float has its logarithm, in straight lines, in its bits: the conversion is exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Stretch(Vector256<int> odd) =>
        (Vector256.ConvertToSingle(odd).AsInt32() >> 15) - (Vector256.ConvertToSingle(Vector256.Create(8192) - odd).AsInt32() >> 15);
}
