namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Learns new bytes in two contexts at once: the byte before, and what the base has at the expected place.</summary>
internal sealed class LiteralModel
{
    private readonly BitModel[] _afterByte = new BitModel[256 * 256];
    private readonly BitModel[] _overByte = new BitModel[257 * 256];

    /// <summary>Forgets what it learnt.</summary>
    public void Clear()
    {
        _afterByte.AsSpan().Fill(new BitModel(1 << 15, 0));
        _overByte.AsSpan().Fill(new BitModel(1 << 15, 0));
    }

    /// <summary>Codes a byte that follows <paramref name="before"/> and stands where the base has <paramref name="expected"/> (256: nothing).</summary>
    public int Code<TCoder>(ref TCoder coder, int value, int before, int expected)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int coded = 1;
        for (int bit = 7; bit >= 0; bit--)
        {
            ref BitModel one = ref _afterByte[(before << 8) + coded];
            ref BitModel two = ref _overByte[(expected << 8) + coded];
            int got = coder.Code((value >> bit) & 1, (one.Chance + two.Chance) >> 1);
            one.Learn(got);
            two.Learn(got);
            coded = (coded << 1) | got;
        }

        return coded & 255;
    }
}
