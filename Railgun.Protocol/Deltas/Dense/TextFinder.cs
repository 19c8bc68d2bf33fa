namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Where the last four bytes were met before: in what was read of the bases, or among the new bytes of the target.</summary>
internal sealed class TextFinder
{
    private const int Log = 14;

    private readonly long[] _slots = new long[1 << Log];

    /// <summary>Forgets all.</summary>
    public void Clear() => Array.Fill(_slots, -1);

    /// <summary>Takes note that after these bytes comes the place <paramref name="place"/>.</summary>
    public void Enter(ulong recent, long place) => _slots[((uint)recent * 0x9E3779B1) >> (32 - Log)] = place;

    /// <summary>The place that came after these bytes; -1 for none.</summary>
    public long Find(ulong recent) => _slots[((uint)recent * 0x9E3779B1) >> (32 - Log)];
}
