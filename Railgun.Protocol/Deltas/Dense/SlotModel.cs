using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>A small model of a bit: 12 bits of chance to be 1 above 4 bits that count what it has seen.</summary>
internal static class SlotModel
{
    /// <summary>Even chances, nothing seen.</summary>
    public const ushort Fresh = 2048 << 4;

    // 65536 / (seen + 1.6), but never under 1/20.
    private static readonly int[] Rates = [40960, 25206, 18204, 14247, 11702, 9929, 8622, 7620, 6826, 6182, 5649, 5201, 4818, 4488, 4200, 3277];

    /// <summary>The model after one more bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Learn(int slot, int bit)
    {
        int chance = slot >> 4;
        int seen = slot & 15;
        chance += (((bit << 12) - bit - chance) * Rates[seen]) >> 16;
        return (ushort)((chance << 4) | (seen < 15 ? seen + 1 : 15));
    }
}
