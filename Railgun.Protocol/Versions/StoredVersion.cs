namespace Railgun.Protocol.Versions;

/// <summary>A version as the store holds it. Guarded by the store's lock.</summary>
internal sealed class StoredVersion
{
    private StoredUse? _latestUse;

    /// <summary>The version.</summary>
    public required Version Version { get; init; }

    /// <summary>Bytes that count for it: body, index, bookkeeping; without its uses.</summary>
    public long Bytes { get; set; }

    /// <summary>The earliest of its uses; null while it has none.</summary>
    public StoredUse? EarliestUse { get; private set; }

    /// <summary>How many uses it has.</summary>
    public int Uses { get; private set; }

    /// <summary>Of how many pages it is the newest version.</summary>
    public int NewestOf { get; set; }

    /// <summary>Whether its page was asked for again, or it served as a base.</summary>
    public bool Proved { get; set; }

    /// <summary>The list that it stands in.</summary>
    public RecencyList? List { get; set; }

    /// <summary>The next less recently used one in the list; or, once it has left, the one that left before it.</summary>
    public StoredVersion? Older { get; set; }

    /// <summary>The next more recently used one in the list.</summary>
    public StoredVersion? Newer { get; set; }

    /// <summary>Adds a use.</summary>
    public void Add(StoredUse use)
    {
        use.EarlierOfVersion = _latestUse;
        if (_latestUse is null)
        {
            EarliestUse = use;
        }
        else
        {
            _latestUse.LaterOfVersion = use;
        }

        _latestUse = use;
        Uses++;
    }

    /// <summary>Takes a use out.</summary>
    public void Remove(StoredUse use)
    {
        if (use.EarlierOfVersion is null)
        {
            EarliestUse = use.LaterOfVersion;
        }
        else
        {
            use.EarlierOfVersion.LaterOfVersion = use.LaterOfVersion;
        }

        if (use.LaterOfVersion is null)
        {
            _latestUse = use.EarlierOfVersion;
        }
        else
        {
            use.LaterOfVersion.EarlierOfVersion = use.EarlierOfVersion;
        }

        use.EarlierOfVersion = null;
        use.LaterOfVersion = null;
        Uses--;
    }

    /// <summary>Whether <paramref name="asker"/> may have it: by one of its uses.</summary>
    public bool MayServe(in VersionUse asker, bool publicOnly)
    {
        for (StoredUse? use = _latestUse; use is not null; use = use.EarlierOfVersion)
        {
            if (use.Use.Serves(asker, publicOnly))
            {
                return true;
            }
        }

        return false;
    }
}
