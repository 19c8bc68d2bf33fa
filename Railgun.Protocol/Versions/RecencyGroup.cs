namespace Railgun.Protocol.Versions;

/// <summary>Stored versions in the order of their last use. Guarded by the store's lock.</summary>
internal sealed class RecencyGroup
{
    private readonly LinkedList<StoredVersion> _versions = new();

    /// <summary>The least recently used one; null if there is none.</summary>
    public StoredVersion? Oldest => _versions.Last?.Value;

    /// <summary>The bytes of all, without their uses.</summary>
    public long Bytes { get; private set; }

    /// <summary>Puts <paramref name="version"/>, which is in no group, in front.</summary>
    public void Add(StoredVersion version)
    {
        version.Group = this;
        _versions.AddFirst(version.Recent);
        Bytes += version.Bytes;
    }

    /// <summary>Takes <paramref name="version"/> out.</summary>
    public void Remove(StoredVersion version)
    {
        version.Group = null;
        _versions.Remove(version.Recent);
        Bytes -= version.Bytes;
    }

    /// <summary>Changes what counts for the index of <paramref name="version"/>, which keeps its place.</summary>
    public void CountIndex(StoredVersion version, long bytes)
    {
        Bytes += bytes - version.IndexBytes;
        version.IndexBytes = bytes;
    }
}
