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
