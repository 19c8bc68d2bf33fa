namespace Railgun.Protocol.Versions;

/// <summary>
/// The stored versions that have an index to code against: for the fast level, for the dense level (<see cref="Deltas.Dense.BasePlaces"/>), a signature. Each of the first two takes up
/// to twice its body and is made again in a fraction of a millisecond for a common page, so all of them share a quarter of the store. Those of superseded versions go first: they have probably been used for the last time.
/// Guarded by the store's lock.
/// </summary>
internal sealed class IndexedVersions
{
    private const int Part = 4;

    private readonly LinkedList<StoredVersion> _versions = new();
    private readonly long _maxBytes;

    /// <summary>Makes an empty list for a store of <paramref name="capacity"/> bytes.</summary>
    public IndexedVersions(long capacity) => _maxBytes = capacity / Part;

    /// <summary>The bytes of all indexes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Counts the index that <paramref name="version"/> has now, and drops others for it if they are too many.</summary>
    public void Count(StoredVersion version)
    {
        Set(version, version.Version.IndexBytes);
        LinkedListNode<StoredVersion>? oldest = _versions.Last;
        while (Bytes > _maxBytes && oldest is not null)
        {
            StoredVersion candidate = oldest.Value;
            oldest = oldest.Previous;
            if (candidate != version && candidate.Version.TryDropIndex())
            {
                Set(candidate, 0);
            }
        }
    }

    /// <summary>Notes that <paramref name="version"/> was used.</summary>
    public void Touch(StoredVersion version) => Move(version, last: false);

    /// <summary>Notes that <paramref name="version"/> is no page's newest any more.</summary>
    public void Demote(StoredVersion version) => Move(version, last: true);

    /// <summary>Forgets <paramref name="version"/>, which leaves the store and takes its index along.</summary>
    public void Remove(StoredVersion version) => Set(version, 0);

    private void Set(StoredVersion version, long bytes)
    {
        Bytes += bytes - version.IndexBytes;
        if (version.Group is { } group)
        {
            group.CountIndex(version, bytes);
        }
        else
        {
            version.IndexBytes = bytes;
        }

        if (version.Indexed.List is not null)
        {
            _versions.Remove(version.Indexed);
        }

        if (bytes > 0)
        {
            _versions.AddFirst(version.Indexed);
        }
    }

    private void Move(StoredVersion version, bool last)
    {
        if (version.Indexed.List is null)
        {
            return;
        }

        _versions.Remove(version.Indexed);
        if (last)
        {
            _versions.AddLast(version.Indexed);
        }
        else
        {
            _versions.AddFirst(version.Indexed);
        }
    }
}
