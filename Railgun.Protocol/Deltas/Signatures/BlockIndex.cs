using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>
/// Finds the blocks that have a hash. The work for a place is bounded whatever a signature says: a filter of bits turns most places away, few slots are looked
/// at, and of blocks with equal hashes, of which a repetitive page has many, only the first ones.
/// </summary>
internal sealed class BlockIndex
{
    /// <summary>The most blocks of one hash that are worth a look.</summary>
    public const int MaxWalk = 4;

    private const int MaxProbes = 8;
    private const int FilterLog = 4;
    private const uint Multiplier = 0x9E3779B1;

    private readonly uint[] _hashes;
    private readonly int[] _slots;
    private readonly int[] _next;
    private readonly ulong[] _filter;
    private readonly int _slotShift;

    /// <summary>Makes the index of all whole blocks; the shorter one at the end is found by its place.</summary>
    public BlockIndex(BlockSignature signature)
    {
        int blocks = signature.Shape.Length / signature.Shape.Block;
        int log = BitOperations.Log2((uint)Math.Max(4, blocks)) + 2;
        _hashes = signature.Hashes[..blocks].ToArray();
        _next = new int[blocks];
        _slots = new int[1 << log];
        _filter = new ulong[1 << (log + FilterLog - 6)];
        _slotShift = 32 - log;

        // Backwards, so that the first of equal blocks is found first.
        for (int block = blocks - 1; block >= 0; block--)
        {
            Enter(block);
        }
    }

    /// <summary>The first place from <paramref name="at"/> on whose hash may be that of a block; the number of hashes if there is none.</summary>
    public int Skip(ReadOnlySpan<uint> hashes, int at)
    {
        int shift = _slotShift - FilterLog;
        ref ulong filter = ref MemoryMarshal.GetArrayDataReference(_filter);
        for (; at < hashes.Length; at++)
        {
            uint bit = (hashes[at] * Multiplier) >> shift;
            if ((Unsafe.Add(ref filter, bit >> 6) & (1UL << (int)bit)) != 0)
            {
                break;
            }
        }

        return at;
    }

    /// <summary>The first block with that hash; -1 for none.</summary>
    public int First(uint hash) => Find(hash, hash * Multiplier);

    /// <summary>The next block with the same hash as <paramref name="block"/>; -1 for none.</summary>
    public int Next(int block) => _next[block] - 1;

    private int Find(uint hash, uint mixed)
    {
        int slot = (int)(mixed >> _slotShift);
        for (int probes = 0; probes < MaxProbes; probes++, slot = (slot + 1) & (_slots.Length - 1))
        {
            int block = _slots[slot] - 1;
            if (block < 0 || _hashes[block] == hash)
            {
                return block;
            }
        }

        return -1;
    }

    private void Enter(int block)
    {
        uint mixed = _hashes[block] * Multiplier;
        int slot = (int)(mixed >> _slotShift);
        for (int probes = 0; probes < MaxProbes; probes++, slot = (slot + 1) & (_slots.Length - 1))
        {
            int first = _slots[slot] - 1;
            if (first < 0 || _hashes[first] == _hashes[block])
            {
                _next[block] = first + 1;
                _slots[slot] = block + 1;
                uint bit = mixed >> (_slotShift - FilterLog);
                _filter[bit >> 6] |= 1UL << (int)(bit & 63);
                return;
            }
        }
    }
}
