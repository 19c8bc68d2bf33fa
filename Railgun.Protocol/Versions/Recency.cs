namespace Railgun.Protocol.Versions;

/// <summary>
/// The order in which versions make room. First go those that are no page's newest; then those whose page was asked for only once, so that a crawler's
/// walk through a whole site doesn't push out what users read; last those that proved useful, which hold four fifths of the bytes at most.
/// Within each group the least recently used goes first. Guarded by the store's lock.
/// </summary>
internal sealed class Recency
{
    private readonly RecencyGroup _superseded = new();
    private readonly RecencyGroup _once = new();
    private readonly RecencyGroup _proved = new();
    private readonly long _maxProved;

    /// <summary>Makes empty groups for a store of <paramref name="capacity"/> bytes.</summary>
    public Recency(long capacity) => _maxProved = capacity / 5 * 4;

    /// <summary>The bytes of all versions, without their uses.</summary>
    public long Bytes => _superseded.Bytes + _once.Bytes + _proved.Bytes;

    /// <summary>The version to put aside next; null if there is none.</summary>
    public StoredVersion? Next => _superseded.Oldest ?? _once.Oldest ?? _proved.Oldest;

    /// <summary>Puts <paramref name="version"/>, which is new or was used, in front of the group where it belongs.</summary>
    public void Touch(StoredVersion version)
    {
        version.Group?.Remove(version);
        GroupOf(version).Add(version);
        while (_proved.Bytes > _maxProved && _proved.Oldest is { } stale)
        {
            stale.Proved = false;
            _proved.Remove(stale);
            _once.Add(stale);
        }
    }

    /// <summary>Moves <paramref name="version"/> if it belongs to another group than before.</summary>
    public void Place(StoredVersion version)
    {
        if (version.Group is { } group && group != GroupOf(version))
        {
            Touch(version);
        }
    }

    private RecencyGroup GroupOf(StoredVersion version) =>
        version.NewestOf == 0 ? _superseded : version.Proved ? _proved : _once;
}
