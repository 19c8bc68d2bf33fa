using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Matching;

/// <summary>
/// Where the target itself has said something before: a table from the hash of a few bytes to the last place. Entries of an earlier
/// target are told by their number, so that starting again clears nothing.
/// </summary>
internal sealed class PastIndex
{
    /// <summary>Bytes that are hashed together.</summary>
    public static int Grain = 5;

    private const int Log = 14;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly uint[] _slots = new uint[1 << Log];
    private uint _origin = 1;

    /// <summary>Forgets the target that had <paramref name="length"/> bytes.</summary>
    public void Start(long length)
    {
        long next = _origin + length + DeltaLimits.Window + 1;
        if (next > uint.MaxValue / 2)
        {
            Array.Clear(_slots);
            next = DeltaLimits.Window + 1;
        }

        _origin = (uint)next;
    }

    /// <summary>Enters the place <paramref name="offset"/>, whose bytes are the low ones of <paramref name="word"/>; returns how far back the place before it is, 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Swap(ulong word, long offset)
    {
        ref uint slot = ref _slots[(word << (64 - (8 * Grain))) * Multiplier >> (64 - Log)];
        uint now = _origin + (uint)offset;
        uint back = now - slot;
        slot = now;
        return back <= (uint)Math.Min(offset, DeltaLimits.Window) ? (int)back : 0;
    }

    /// <summary>Enters the place <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(ulong word, long offset) =>
        _slots[(word << (64 - (8 * Grain))) * Multiplier >> (64 - Log)] = _origin + (uint)offset;
}
