using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>What is coded bit by bit the same way everywhere.</summary>
internal static class BitCoding
{
    private const uint Even = 1u << 15;

    /// <summary>A bit by a model, which learns it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Code<TCoder>(ref TCoder coder, int bit, ref BitModel model)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        bit = coder.Code(bit, model.Chance);
        model.Learn(bit);
        return bit;
    }

    /// <summary>The low <paramref name="count"/> bits of <paramref name="value"/> with even chances, highest first.</summary>
    public static int CodePlain<TCoder>(ref TCoder coder, int value, int count)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int coded = 0;
        for (int bit = count - 1; bit >= 0; bit--)
        {
            coded = (coded << 1) | coder.Code((value >> bit) & 1, Even);
        }

        return coded;
    }
}
