using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// A prefix code that follows what is coded: it begins with usual counts, and is made anew from all counts so far, first after a few symbols,
/// then less and less often.
/// </summary>
internal sealed class AdaptiveCode
{
    /// <summary>What a symbol adds to its count.</summary>
    private const int Gain = 8;

    private readonly UsualCode _usual;
    private readonly int _firstRound;
    private readonly int _lastRound;
    private readonly PrefixCode _own;
    private readonly ushort[] _counts;
    private PrefixCode _code;
    private int _left;
    private int _round;

    /// <summary>Begins with <paramref name="usual"/>; made anew after <paramref name="firstRound"/> symbols, then each time after twice as many, up to <paramref name="lastRound"/>.</summary>
    public AdaptiveCode(UsualCode usual, int firstRound, int lastRound)
    {
        _usual = usual;
        _firstRound = firstRound;
        _lastRound = lastRound;
        _own = new PrefixCode(usual.Counts.Length);
        _counts = new ushort[usual.Counts.Length];
        _code = usual.Code;
    }

    /// <summary>Forgets what was learnt.</summary>
    public void Start()
    {
        _usual.Counts.CopyTo(_counts, 0);
        _code = _usual.Code;
        _left = _firstRound;
        _round = _firstRound;
    }

    /// <summary>Puts one symbol.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(ref BitWriter writer, int symbol)
    {
        PutUncounted(ref writer, symbol);
        Learnt(1);
    }

    /// <summary>Puts one of several symbols; <see cref="Learnt"/> follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutUncounted(ref BitWriter writer, int symbol)
    {
        int code = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_code.Codes), symbol);
        writer.Put((uint)code >> 4, code & 15);
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_counts), symbol) += Gain;
    }

    /// <summary>Takes one symbol of the bits that are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(ref BitReader reader)
    {
        int symbol = TakeUncounted(ref reader);
        Learnt(1);
        return symbol;
    }

    /// <summary>Takes one of several symbols; <see cref="Learnt"/> follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeUncounted(ref BitReader reader)
    {
        int entry = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_code.Table), (int)reader.Peek(PrefixCode.MaxBits));
        int symbol = entry >> 4;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_counts), symbol) += Gain;
        reader.Skip(entry & 15);
        return symbol;
    }

    /// <summary>So many symbols have been coded: at the end of a round the code is made anew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Learnt(int count)
    {
        _left -= count;
        if (_left <= 0)
        {
            MakeAnew();
        }
    }

    /// <summary>Counts symbols that are not coded.</summary>
    public void Expect(ReadOnlySpan<byte> symbols)
    {
        foreach (byte symbol in symbols)
        {
            _counts[symbol]++;
        }
    }

    /// <summary>Makes the code of what is expected.</summary>
    public void MakeExpected()
    {
        _own.Make(_counts);
        _code = _own;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeAnew()
    {
        MakeExpected();
        if (_round < _lastRound)
        {
            _round *= 2;
        }
        else
        {
            // What is long ago counts less and less; so counts stay small too.
            foreach (ref ushort count in _counts.AsSpan())
            {
                count = (ushort)((count + 1) >> 1);
            }
        }

        _left = _round;
    }
}
