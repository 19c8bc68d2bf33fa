using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Learns new bytes, a nibble at a time: four contexts (none, the last byte, the last two, the byte that was guessed wrong) keep the chances
/// of all fifteen decisions of a nibble in sixteen lanes, and weights learn whom to believe at each.
/// </summary>
internal sealed unsafe class LiteralModel : IDisposable
{
    private const int Lane = 16;
    private const int Contexts = 4;

    /// <summary>Nibbles that a byte context has: the high one, and the low one after each of sixteen.</summary>
    private const int Halves = 17;

    private const int PairLog = 13;
    private const int PairOrigin = Halves * (1 + 256 + 256);
    private const int Blocks = PairOrigin + (1 << PairLog);
    private const short FirstWeight = 4500;

    private readonly ushort* _slots;
    private readonly short* _weights;
    private uint _epoch = byte.MaxValue;
    private bool _disposed;

    /// <summary>Takes its memory.</summary>
    public LiteralModel()
    {
        _slots = (ushort*)NativeMemory.AlignedAlloc((nuint)(Blocks * Lane * sizeof(ushort)), 64);
        _weights = (short*)NativeMemory.AlignedAlloc((nuint)(2 * Contexts * Lane * sizeof(short)), 64);
    }

    /// <summary>Gives the memory back if nobody did.</summary>
    ~LiteralModel() => Release();

    /// <summary>Forgets what it learnt: all slots belong to an earlier epoch.</summary>
    public void Clear()
    {
        if (++_epoch > byte.MaxValue)
        {
            _epoch = 1;
            new Span<ushort>(_slots, Blocks * Lane).Clear();
        }

        new Span<short>(_weights, 2 * Contexts * Lane).Fill(FirstWeight);
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
        int high = CodeNibble(ref coder, (value >> 4) & 15, recent, guess, 0, _weights);
        return (high << 4) | CodeNibble(ref coder, value & 15, recent, guess, 1 + high, _weights + (Contexts * Lane));
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
        GC.SuppressFinalize(this);
    }

    [SkipLocalsInit]
    private int CodeNibble<TCoder>(ref TCoder coder, int value, ulong recent, int guess, int half, short* weights)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        ushort* none = Direct(half);
        ushort* last = Direct(Halves + ((int)(byte)recent * Halves) + half);
        ushort* over = Direct((Halves * 257) + (guess * Halves) + half);
        ushort* pair = Pair((uint)recent & 0xFFFF, half);
        Vector256<short> one = NibbleSlots.Stretch(Vector256.Load(none));
        Vector256<short> two = NibbleSlots.Stretch(Vector256.Load(last));
        Vector256<short> three = NibbleSlots.Stretch(Vector256.Load(over));
        Vector256<short> four = NibbleSlots.Stretch(Vector256.Load(pair));
        Vector256<short> sum = Lanes.Scale(one, Vector256.Load(weights)) + Lanes.Scale(two, Vector256.Load(weights + Lane))
            + Lanes.Scale(three, Vector256.Load(weights + (2 * Lane))) + Lanes.Scale(four, Vector256.Load(weights + (3 * Lane)));
        sum = Vector256.Min(Vector256.Max(sum, Vector256.Create((short)-Logistic.Limit)), Vector256.Create((short)Logistic.Limit));
        short* places = stackalloc short[Lane];
        (sum + Vector256.Create((short)(Logistic.Limit + 1))).Store(places);

        int node = 1;
        short first = CodeBit(ref coder, value >> 3, places, ref node);
        short second = CodeBit(ref coder, value >> 2, places, ref node);
        short third = CodeBit(ref coder, value >> 1, places, ref node);
        short fourth = CodeBit(ref coder, value, places, ref node);

        node &= 15;
        ref Vector256<ushort> step = ref MemoryMarshal.GetArrayDataReference(NibbleMasks.Step);
        Vector256<short> error = (Vector256.Create(first) & Unsafe.Add(ref step, node).AsInt16())
            | (Vector256.Create(second) & Unsafe.Add(ref step, 16 + node).AsInt16())
            | (Vector256.Create(third) & Unsafe.Add(ref step, 32 + node).AsInt16())
            | (Vector256.Create(fourth) & Unsafe.Add(ref step, 48 + node).AsInt16());
        Vector256<ushort> path = NibbleMasks.Path[node];
        Vector256<short> target = NibbleMasks.Target[node].AsInt16();
        Adjust(weights, one, error);
        Adjust(weights + Lane, two, error);
        Adjust(weights + (2 * Lane), three, error);
        Adjust(weights + (3 * Lane), four, error);
        Learn(none, path, target);
        Learn(last, path, target);
        Learn(over, path, target);
        Learn(pair, path, target);
        return node;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static short CodeBit<TCoder>(ref TCoder coder, int value, short* places, ref int node)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        uint chance = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Logistic.Squash), places[node]);
        int bit = coder.CodeOpen(value & 1, chance);
        node = (node << 1) | bit;
        return (short)(((bit << 16) - bit - (int)chance) >> 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Adjust(short* weights, Vector256<short> input, Vector256<short> error) =>
        Vector256.AddSaturate(Vector256.Load(weights), Lanes.Scale(input, error)).Store(weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Learn(ushort* slots, Vector256<ushort> path, Vector256<short> target) =>
        NibbleSlots.Learn(Vector256.Load(slots), path, target).Store(slots);

    private void LearnNibble(int value, ulong recent, int half)
    {
        Vector256<ushort> path = NibbleMasks.Path[value];
        Vector256<short> target = NibbleMasks.Target[value].AsInt16();
        Learn(Direct(half), path, target);
        Learn(Direct(Halves + ((int)(byte)recent * Halves) + half), path, target);
        Learn(Pair((uint)recent & 0xFFFF, half), path, target);
    }

    /// <summary>Slots that one context has for itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort* Direct(int block) => NibbleSlots.Owned(_slots + (block * Lane), (ushort)_epoch);

    /// <summary>Slots of a context of two bytes: the place and the mark in it together name the context exactly; the latest has the place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort* Pair(uint pair, int half)
    {
        const uint Mask = (1 << 21) - 1;
        uint name = ((pair | ((uint)half << 16)) * 0x9E3779B1) & Mask;
        name = ((name ^ (name >> 11)) * 0x85EBCA77) & Mask;
        uint place = name >> (21 - PairLog);
        return NibbleSlots.Owned(_slots + ((PairOrigin + place) * Lane), (ushort)((name << 8) | _epoch));
    }

    private void Release()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.AlignedFree(_slots);
            NativeMemory.AlignedFree(_weights);
        }
    }
}
