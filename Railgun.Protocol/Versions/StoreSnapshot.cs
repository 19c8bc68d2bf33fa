namespace Railgun.Protocol.Versions;

/// <summary>What a <see cref="VersionStore"/> holds at one moment.</summary>
internal readonly record struct StoreSnapshot
{
    /// <summary>All bytes that count against the capacity: bodies, indexes, bookkeeping.</summary>
    public required long Bytes { get; init; }

    /// <summary>Of these, what the indexes of bases take.</summary>
    public required long IndexBytes { get; init; }

    /// <summary>The bound on <see cref="Bytes"/>.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>How many versions are held.</summary>
    public required int Versions { get; init; }

    /// <summary>How many uses they have: at least one each.</summary>
    public required int Uses { get; init; }

    /// <summary>Bytes of versions that somebody holds besides the store, those already evicted included.</summary>
    public required long PinnedBytes { get; init; }

    /// <summary>The bound on <see cref="PinnedBytes"/> for offers.</summary>
    public required long PinnedCapacityBytes { get; init; }

    /// <summary>Bytes of bodies that are still being received.</summary>
    public required long BuildingBytes { get; init; }

    /// <summary>Versions put aside for room since the start.</summary>
    public required long Evictions { get; init; }
}
