using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Learns new bytes, a nibble at a time: four contexts (none, the last byte, the byte that was guessed wrong, the last two) each know how likely
/// the sixteen nibbles are, and <see cref="ContextWeights"/> learn whom to believe.
/// </summary>
internal sealed unsafe class LiteralModel : IDisposable
{
    /// <summary>Nibbles that a byte context has: the high one, and the low one after each of sixteen.</summary>
    private const int Halves = 17;

    /// <summary>All nibbles are possible.</summary>
    private const int NoNibble = -1;

    private const int PairLog = 13;
    private const int PairOrigin = Halves * (1 + 256 + 256);
    private const int Blocks = PairOrigin + (1 << PairLog);

    private const int Epochs = 1 << NibbleSlots.EpochBits;

    private readonly short* _slots;
    private readonly ContextWeights _weights = new();
    private int _epoch = Epochs - 1;
    private bool _disposed;

    /// <summary>Takes its memory.</summary>
    public LiteralModel() => _slots = (short*)NativeMemory.AlignedAlloc(Blocks * NibbleSlots.Count * sizeof(short), 64);

    /// <summary>Gives the memory back if nobody did.</summary>
    ~LiteralModel() => Release();

    /// <summary>Forgets what it learnt: all slots belong to an earlier epoch.</summary>
    public void Clear()
    {
        if (++_epoch == Epochs)
        {
            _epoch = 1;
            new Span<short>(_slots, Blocks * NibbleSlots.Count).Clear();
        }

        _weights.Clear();
    }

    /// <summary>Codes a byte.</summary>
    /// <param name="coder">Where to, or where from.</param>
    /// <param name="value">The byte; a decoder gives anything.</param>
    /// <param name="recent">The bytes before it, the latest lowest.</param>
    /// <param name="guess">The byte that was guessed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Code<TCoder>(ref TCoder coder, int value, ulong recent, int guess)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int high = CodeNibble(ref coder, (value >> 4) & 15, recent, guess, 0, NoNibble);
        return (high << 4) | CodeNibble(ref coder, value & 15, recent, guess, 1 + high, high == guess >> 4 ? guess & 15 : NoNibble);
    }

    /// <summary>Asks the processor for what <see cref="Code"/> will want. An encoder knows the byte, a decoder gives anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(int value, ulong recent, int guess)
    {
        if (Sse.IsSupported)
        {
            int half = 1 + (value >> 4);
            Sse.Prefetch0(_slots + PairPlace((uint)recent & 0xFFFF, 0, out _));
            Sse.Prefetch0(_slots + PairPlace((uint)recent & 0xFFFF, half, out _));
            Sse.Prefetch0(_slots + ((Halves + ((int)(byte)recent * Halves) + half) * NibbleSlots.Count));
            Sse.Prefetch0(_slots + (((Halves * 257) + (guess * Halves) + half) * NibbleSlots.Count));
        }
    }

    /// <summary>Learns a byte that stands in a base.</summary>
    public void Learn(int value, ulong recent)
    {
        LearnNibble(value >> 4, recent, 0);
        LearnNibble(value & 15, recent, 1 + (value >> 4));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _weights.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkipLocalsInit]
    private int CodeNibble<TCoder>(ref TCoder coder, int value, ulong recent, int guess, int half, int except)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        short* none = Direct(half);
        short* last = Direct(Halves + ((int)(byte)recent * Halves) + half);
        short* over = Direct((Halves * 257) + (guess * Halves) + half);
        short* pair = Pair((uint)recent & 0xFFFF, half);
        short* weights = _weights.Of(half > 0, NibbleSlots.Seen(last), NibbleSlots.Seen(over), NibbleSlots.Seen(pair));
        Vector256<short> one = Vector256.Load(none);
        Vector256<short> two = Vector256.Load(last);
        Vector256<short> three = Vector256.Load(over);
        Vector256<short> four = Vector256.Load(pair);
        Vector256<short> bounds = Lanes.Scale(one, Vector256.Create(weights[0])) + Lanes.Scale(two, Vector256.Create(weights[1]))
            + Lanes.Scale(three, Vector256.Create(weights[2])) + Lanes.Scale(four, Vector256.Create(weights[3])) + NibbleSlots.Floors;
        if (except != NoNibble)
        {
            bounds = NibbleSlots.Without(bounds, except);
        }

        int nibble = coder.CodeNibble(value, bounds, out int size);
        ContextWeights.Learn(weights, size, NibbleSlots.Share(last, nibble), NibbleSlots.Share(over, nibble), NibbleSlots.Share(pair, nibble));
        NibbleSlots.Learn(none, one, nibble);
        NibbleSlots.Learn(last, two, nibble);
        NibbleSlots.Learn(over, three, nibble);
        NibbleSlots.Learn(pair, four, nibble);
        return nibble;
    }

    private void LearnNibble(int value, ulong recent, int half)
    {
        Learn(Direct(half), value);
        Learn(Direct(Halves + ((int)(byte)recent * Halves) + half), value);
        Learn(Pair((uint)recent & 0xFFFF, half), value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Learn(short* slots, int nibble) => NibbleSlots.Learn(slots, Vector256.Load(slots), nibble);

    /// <summary>Slots that one context has for itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private short* Direct(int block) => NibbleSlots.Owned(_slots + (block * NibbleSlots.Count), _epoch);

    /// <summary>Slots of a context of two bytes: the latest that came to its place has them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private short* Pair(uint pair, int half)
    {
        uint place = PairPlace(pair, half, out int mark);
        return NibbleSlots.Owned(_slots + place, (mark << NibbleSlots.EpochBits) | _epoch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint PairPlace(uint pair, int half, out int mark)
    {
        const uint Mask = (1 << 21) - 1;
        uint name = ((pair | ((uint)half << 16)) * 0x9E3779B1) & Mask;
        name = ((name ^ (name >> 11)) * 0x85EBCA77) & Mask;
        mark = (int)((name >> 2) & 63);
        return (PairOrigin + (name >> (21 - PairLog))) * NibbleSlots.Count;
    }

    private void Release()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.AlignedFree(_slots);
        }
    }
}
