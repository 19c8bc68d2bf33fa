using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Deltas.Matching;

/// <summary>
/// Where a segment itself has said something before: a table from the hash of a few bytes to the last place. Entries of earlier segments are told
/// by their number, so that starting again clears nothing.
/// </summary>
internal sealed unsafe class PastIndex
{
    /// <summary>Bytes that are hashed together.</summary>
    public const int Grain = 5;

    // No larger: it shares the nearest cache with all else that a place is looked up in.
    private const int Log = 13;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly uint[] _slots = GC.AllocateArray<uint>(1 << Log, pinned: true);
    private uint _origin = DeltaLimits.MaxSegmentTarget;

    /// <summary>Begins a segment.</summary>
    public void Start()
    {
        _origin += DeltaLimits.MaxSegmentTarget;
        if (_origin > uint.MaxValue / 2)
        {
            Array.Clear(_slots);
            _origin = DeltaLimits.MaxSegmentTarget;
        }
    }

    /// <summary>The last place of each hash, above <see cref="Origin"/>.</summary>
    public uint* Slots => Pinned.AddressOf(_slots);

    /// <summary>The number of the segment's first place.</summary>
    public uint Origin => _origin;

    /// <summary>Which slot the low bytes of <paramref name="word"/> have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SlotOf(ulong word) => (word << (64 - (8 * Grain))) * Multiplier >> (64 - Log);

    /// <summary>Enters the place <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(ulong word, int offset) => Slots[SlotOf(word)] = _origin + (uint)offset;
}
