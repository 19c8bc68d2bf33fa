namespace Railgun.Protocol.Versions;

/// <summary>A version as the store holds it. Guarded by the store's lock.</summary>
internal sealed class StoredVersion
{
    /// <summary>Makes an entry without uses.</summary>
    public StoredVersion(Version version)
    {
        Version = version;
        Recent = new LinkedListNode<StoredVersion>(this);
        Indexed = new LinkedListNode<StoredVersion>(this);
    }

    /// <summary>The version.</summary>
    public Version Version { get; }

    /// <summary>Bytes that count for it: body, index, bookkeeping; without its uses.</summary>
    public long Bytes => Version.Footprint + IndexBytes + StoreCosts.Version;

    /// <summary>Of these, what was counted for its index.</summary>
    public long IndexBytes { get; set; }

    /// <summary>Its uses, the latest first.</summary>
    public LinkedList<StoredUse> Uses { get; } = new();

    /// <summary>Of how many pages it is the newest version.</summary>
    public int NewestOf { get; set; }

    /// <summary>Whether its page was asked for again, or it served as a base.</summary>
    public bool Proved { get; set; }

    /// <summary>The group in which it makes room; null once it has left.</summary>
    public RecencyGroup? Group { get; set; }

    /// <summary>Its place in the group.</summary>
    public LinkedListNode<StoredVersion> Recent { get; }

    /// <summary>Its place among the versions that have an index.</summary>
    public LinkedListNode<StoredVersion> Indexed { get; }

    /// <summary>Once it has left: the one that left before it.</summary>
    public StoredVersion? LeftBefore { get; set; }

    /// <summary>Whether <paramref name="asker"/> may have it: by one of its uses.</summary>
    public bool MayServe(in VersionUse asker, bool publicOnly)
    {
        for (LinkedListNode<StoredUse>? node = Uses.First; node is not null; node = node.Next)
        {
            if (node.Value.Use.Serves(asker, publicOnly))
            {
                return true;
            }
        }

        return false;
    }
}
