using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Where the last four bytes were met last: around earlier changes in the bases, or among the new bytes of the target. Places are numbers: the
/// first base, then the second, then the target. Entries of an earlier target lie below the origin of this one, so that starting again clears nothing.
/// </summary>
internal sealed class TextFinder
{
    /// <summary>Bytes that are looked up together.</summary>
    public const int Grain = 4;

    private const int Log = 15;

    /// <summary>Each how many bytes a place in a base is noted.</summary>
    private const int Step = 2;

    private const uint Last = int.MaxValue;

    private readonly uint[] _slots = new uint[1 << Log];
    private uint _origin = 1;
    private uint _most;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        uint next = _origin + _most + 1;
        if (next > Last)
        {
            Array.Clear(_slots);
            next = 1;
        }

        _origin = next;
        _most = 0;
    }

    /// <summary>Takes note that after these bytes comes the place <paramref name="place"/>; places from 2^31 - 1 on are not noted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(ulong recent, long place)
    {
        if (place < Last)
        {
            _slots[Hash(BinaryPrimitives.ReverseEndianness((uint)recent))] = _origin + (uint)place;
            _most = Math.Max(_most, (uint)place);
        }
    }

    /// <summary>Takes note of the places from <paramref name="from"/> (at least 4) to <paramref name="to"/> of a base, whose first byte is the place <paramref name="origin"/>.</summary>
    public unsafe void EnterAll(byte* text, int from, int to, int origin)
    {
        if (to <= from || (uint)origin + (uint)to >= Last)
        {
            return;
        }

        uint place = _origin + (uint)origin;
        fixed (uint* slots = _slots)
        {
            for (int at = from; at < to; at += Step)
            {
                slots[Hash(Unsafe.ReadUnaligned<uint>(text + at - Grain))] = place + (uint)at;
            }
        }

        _most = Math.Max(_most, (uint)(origin + to - 1));
    }

    /// <summary>Asks the processor for what <see cref="Find"/> will want.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Expect(ulong recent)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _slots[Hash(BinaryPrimitives.ReverseEndianness((uint)recent))]));
        }
    }

    /// <summary>The place that came after these bytes; -1 for none. To be compared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Find(ulong recent)
    {
        uint place = _slots[Hash(BinaryPrimitives.ReverseEndianness((uint)recent))];
        return place >= _origin ? place - _origin : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint word) => (word * 0x9E3779B1) >> (32 - Log);
}
