namespace Railgun.Protocol.Versions;

/// <summary>Stored versions in order of their last use. Guarded by the store's lock.</summary>
internal sealed class RecencyList
{
    private StoredVersion? _newest;

    /// <summary>The least recently used one; null if the list is empty.</summary>
    public StoredVersion? Oldest { get; private set; }

    /// <summary>The bytes of all, without their uses.</summary>
    public long Bytes { get; private set; }

    /// <summary>Puts <paramref name="version"/>, which stands in no list, in front.</summary>
    public void Add(StoredVersion version)
    {
        version.List = this;
        version.Newer = null;
        version.Older = _newest;
        if (_newest is null)
        {
            Oldest = version;
        }
        else
        {
            _newest.Newer = version;
        }

        _newest = version;
        Bytes += version.Bytes;
    }

    /// <summary>Changes the bytes that count for <paramref name="version"/>, which keeps its place.</summary>
    public void Resize(StoredVersion version, long bytes)
    {
        Bytes += bytes - version.Bytes;
        version.Bytes = bytes;
    }

    /// <summary>Takes <paramref name="version"/> out.</summary>
    public void Remove(StoredVersion version)
    {
        if (version.Newer is null)
        {
            _newest = version.Older;
        }
        else
        {
            version.Newer.Older = version.Older;
        }

        if (version.Older is null)
        {
            Oldest = version.Newer;
        }
        else
        {
            version.Older.Newer = version.Newer;
        }

        Bytes -= version.Bytes;
        version.List = null;
        version.Older = null;
        version.Newer = null;
    }
}
