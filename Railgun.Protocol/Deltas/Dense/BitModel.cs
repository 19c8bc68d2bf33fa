using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// The chance that a bit is 1, learnt as bits pass: 22 bits of probability above 10 bits that count them. The more it has seen, the
/// less one more bit moves it (by 1/(count + 1.5), down to 1/<see cref="Limit"/>).
/// </summary>
internal struct BitModel
{
    /// <summary>How many bits it counts at most.</summary>
    public const int Limit = 120;

    /// <summary>Even chances, nothing seen.</summary>
    public const uint Fresh = 1u << 31;

    private static readonly int[] Rates = MakeRates();

    private uint _value;

    /// <summary>A model that starts with a chance, as if it had seen some bits.</summary>
    /// <param name="chance">That of 1, in 65,536ths.</param>
    /// <param name="seen">How many bits that is worth.</param>
    public BitModel(int chance, int seen) => _value = ((uint)chance << 16) | (uint)seen;

    /// <summary>The chance of 1 in 65,536ths, 1 to 65,535.</summary>
    public readonly uint Chance
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            uint chance = _value >> 16;
            return chance == 0 ? 1 : chance;
        }
    }

    /// <summary>Learns that the bit was <paramref name="bit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Learn(int bit)
    {
        uint value = _value;
        int seen = (int)(value & 1023);
        int chance = (int)(value >> 10);
        int step = (int)(((((long)bit << 22) - chance) * Rates[seen]) >> 16);
        _value = ((uint)(chance + step) << 10) | (uint)(seen < Limit ? seen + 1 : seen);
    }

    private static int[] MakeRates()
    {
        var rates = new int[1024];
        for (int seen = 0; seen < rates.Length; seen++)
        {
            rates[seen] = (int)(65536 * 2 / ((2 * seen) + 3));
        }

        return rates;
    }
}
