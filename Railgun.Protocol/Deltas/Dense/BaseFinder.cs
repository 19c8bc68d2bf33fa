using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Finds six bytes in a base: by the <see cref="BasePlaces"/> that came with it, or by a table of its own that is made when a target first needs a
/// search. What it finds is the same.
/// </summary>
internal sealed unsafe class BaseFinder
{
    private uint[] _own = [];
    private uint _origin = 1;
    private uint _length;

    private uint* _table;
    private uint _first;
    private int _shift;

    /// <summary>Looks into a base from now on.</summary>
    /// <param name="places">Its table, which the caller keeps until the target is over; null: it is made here.</param>
    /// <param name="body">The base.</param>
    /// <param name="length">Its length. Shorter ones than 8 bytes have no places.</param>
    public void Open(BasePlaces? places, byte* body, int length)
    {
        if (places is not null)
        {
            _table = places.Table();
            _shift = places.Shift;
            _first = 1;
            return;
        }

        int log = BasePlaces.LogFor(length);
        if (_own.Length < 1 << log)
        {
            _own = GC.AllocateArray<uint>(1 << log, pinned: true);
            _length = 0;
            _origin = 1;
        }

        Forget((uint)length);
        _table = (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_own));
        _shift = 64 - log;
        _first = _origin;
        BasePlaces.Enter(body, length, _table, _origin, _shift);
    }

    /// <summary>The place after the six bytes that are the low ones of <paramref name="word"/>; -1 for none. To be compared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong word)
    {
        uint place = _table[BasePlaces.Hash(word) >> _shift];
        return place < _first ? -1 : (int)(place - _first) + BasePlaces.Grain;
    }

    /// <summary>Asks the processor for what <see cref="Find"/> will want.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(ulong word)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_table + (BasePlaces.Hash(word) >> _shift));
        }
    }

    /// <summary>Entries of the base before lie below the origin from now on: nothing need be cleared.</summary>
    private void Forget(uint length)
    {
        _origin += _length;
        _length = length;
        if (_origin > uint.MaxValue - DeltaLimits.MaxBase)
        {
            Array.Clear(_own);
            _origin = 1;
        }
    }
}
