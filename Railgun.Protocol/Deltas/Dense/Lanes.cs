using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Arithmetic on sixteen 16-bit lanes, exact and alike on every machine.</summary>
internal static class Lanes
{
    /// <summary>(a * b + 2^14) >> 15 in each lane; one of them must not be -32,768.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Scale(Vector256<short> a, Vector256<short> b) => Avx2.IsSupported
        ? Avx2.MultiplyHighRoundScale(a, b)
        : Vector256.Create(Scale(a.GetLower(), b.GetLower()), Scale(a.GetUpper(), b.GetUpper()));

    /// <summary>In each lane, which must be 0 to 15: that byte of <paramref name="table"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Pick(Vector128<byte> table, Vector256<ushort> lanes)
    {
        // The upper byte of a lane asks for what is in no table: 0.
        Vector256<byte> places = (lanes | Vector256.Create((ushort)0x8000)).AsByte();
        return Avx2.IsSupported
            ? Avx2.Shuffle(Vector256.Create(table, table), places).AsInt16()
            : Vector256.Create(Vector128.Shuffle(table, places.GetLower()), Vector128.Shuffle(table, places.GetUpper())).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Scale(Vector128<short> a, Vector128<short> b)
    {
        if (Ssse3.IsSupported)
        {
            return Ssse3.MultiplyHighRoundScale(a, b);
        }

        if (AdvSimd.IsSupported)
        {
            return AdvSimd.MultiplyRoundedDoublingSaturateHigh(a, b);
        }

        (Vector128<int> lowA, Vector128<int> highA) = Vector128.Widen(a);
        (Vector128<int> lowB, Vector128<int> highB) = Vector128.Widen(b);
        Vector128<int> half = Vector128.Create(1 << 14);
        return Vector128.Narrow(((lowA * lowB) + half) >> 15, ((highA * highB) + half) >> 15);
    }
}
