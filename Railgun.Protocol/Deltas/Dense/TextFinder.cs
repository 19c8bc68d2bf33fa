using System.Runtime.CompilerServices;

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
            _slots[Hash(recent)] = _origin + (uint)place;
            _most = Math.Max(_most, (uint)place);
        }
    }

    /// <summary>The place that came after these bytes; -1 for none. To be compared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Find(ulong recent)
    {
        uint place = _slots[Hash(recent)];
        return place >= _origin ? place - _origin : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ulong recent) => ((uint)recent * 0x9E3779B1) >> (32 - Log);
}
