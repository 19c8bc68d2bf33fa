using System.Numerics;
using System.Runtime.CompilerServices;

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
    private int _shift;

    /// <summary>Makes it for a base. Shorter ones than 8 bytes have none.</summary>
    public void Build(byte* body, int length)
    {
        int log = Math.Clamp(BitOperations.Log2((uint)(length / Step) | 1) + 1, SmallestLog, LargestLog);
        if (_slots.Length < 1 << log)
        {
            _slots = new uint[1 << log];
        }

        _slots.AsSpan(0, 1 << log).Clear();
        _shift = 64 - log;
        fixed (uint* slots = _slots)
        {
            for (int at = (length - sizeof(ulong)) & -Step; at >= 0; at -= Step)
            {
                slots[Hash(Unsafe.ReadUnaligned<ulong>(body + at)) >> _shift] = (uint)at + 1;
            }
        }
    }

    /// <summary>The place after the six bytes that are the low ones of <paramref name="word"/>; -1 for none. To be compared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong word)
    {
        uint place = _slots[Hash(word) >> _shift];
        return place == 0 ? -1 : (int)place - 1 + Grain;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ulong word) => (word << (64 - (8 * Grain))) * Multiplier;
}
