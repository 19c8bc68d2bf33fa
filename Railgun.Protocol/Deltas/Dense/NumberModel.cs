using System.Numerics;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Learns numbers from 0 to 2^<see cref="MaxBits"/> - 1: how many bits they have (one by one, "more?"), the first bits below the leading
/// one in the context of that count, the others with even chances.
/// </summary>
internal sealed class NumberModel
{
    /// <summary>The most bits of a number.</summary>
    public const int MaxBits = 28;

    private const int Modelled = 3;

    private readonly BitModel[] _more = new BitModel[MaxBits];
    private readonly BitModel[] _high = new BitModel[(MaxBits + 1) << Modelled];
    private readonly int _usual;

    /// <summary>A model that expects numbers of about <paramref name="usual"/> bits.</summary>
    public NumberModel(int usual)
    {
        _usual = usual;
        Clear();
    }

    /// <summary>Forgets what it learnt.</summary>
    public void Clear()
    {
        for (int bits = 0; bits < MaxBits; bits++)
        {
            int chance = bits < _usual ? 65536 - (65536 / (2 + _usual)) : 65536 / 3;
            _more[bits] = new BitModel(chance, 2);
        }

        _high.AsSpan().Fill(new BitModel(1 << 15, 0));
    }

    /// <summary>Codes <paramref name="value"/>.</summary>
    public int Code<TCoder>(ref TCoder coder, int value)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int given = value == 0 ? 0 : BitOperations.Log2((uint)value) + 1;
        int bits = 0;
        while (bits < MaxBits && BitCoding.Code(ref coder, given > bits ? 1 : 0, ref _more[bits]) != 0)
        {
            bits++;
        }

        return bits <= 1 ? bits : CodeBelow(ref coder, value, bits);
    }

    private int CodeBelow<TCoder>(ref TCoder coder, int value, int bits)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int coded = 1;
        int at = bits - 1;
        while (at > 0 && coded < (1 << Modelled))
        {
            at--;
            coded = (coded << 1) | BitCoding.Code(ref coder, (value >> at) & 1, ref _high[(bits << Modelled) + coded]);
        }

        return at == 0 ? coded : (coded << at) | BitCoding.CodePlain(ref coder, value, at);
    }
}
