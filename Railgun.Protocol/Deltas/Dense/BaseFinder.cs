using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Where six bytes stand in a base: each <see cref="Step"/>th place, the first of equal ones. Made when the first new byte of a target is
/// coded, on both sides alike.
/// </summary>
internal sealed unsafe class BaseFinder
{
    /// <summary>Bytes that are looked up together.</summary>
    public const int Grain = 6;

    private const int Step = 4;
    private const int SmallestLog = 10;
    private const int LargestLog = 17;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private uint[] _slots = [];
    private uint _origin = 1;
    private uint _length;
    private int _shift;

    /// <summary>Makes it for a base. Shorter ones than 8 bytes have none.</summary>
    public void Build(byte* body, int length)
    {
        int log = Math.Clamp(BitOperations.Log2((uint)(length / Step) | 1) + 1, SmallestLog, LargestLog);
        if (_slots.Length < 1 << log)
        {
            _slots = new uint[1 << log];
        }

        Forget((uint)length);
        _shift = 64 - log;
        fixed (uint* slots = _slots)
        {
            for (int at = (length - sizeof(ulong)) & -Step; at >= 0; at -= Step)
            {
                slots[Hash(Unsafe.ReadUnaligned<ulong>(body + at)) >> _shift] = _origin + (uint)at;
            }
        }
    }

    /// <summary>The place after the six bytes that are the low ones of <paramref name="word"/>; -1 for none. To be compared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong word)
    {
        uint place = _slots[Hash(word) >> _shift];
        return place < _origin ? -1 : (int)(place - _origin) + Grain;
    }

    /// <summary>Asks the processor for what <see cref="Find"/> will want.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(ulong word)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _slots[Hash(word) >> _shift]));
        }
    }

    /// <summary>Entries of the base before lie below the origin from now on: nothing need be cleared.</summary>
    private void Forget(uint length)
    {
        _origin += _length;
        _length = length;
        if (_origin > uint.MaxValue - DeltaLimits.MaxBase)
        {
            Array.Clear(_slots);
            _origin = 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ulong word) => (word << (64 - (8 * Grain))) * Multiplier;
}
