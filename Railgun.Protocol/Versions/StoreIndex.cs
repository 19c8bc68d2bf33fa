using System.Diagnostics.CodeAnalysis;

namespace Railgun.Protocol.Versions;

/// <summary>
/// Versions by name, by page and by template, the links between them, and the order in which they make room. A version whose last use goes leaves
/// with it. Guarded by the store's lock.
/// </summary>
internal sealed class StoreIndex
{
    /// <summary>The most uses of one version: beyond it the earliest is forgotten. A site may answer any number of URLs with one page.</summary>
    public const int MaxUses = 64;

    private readonly Dictionary<VersionName, StoredVersion> _versions = [];
    private readonly Dictionary<(PageKey, Principal), PageSlot> _pages = [];
    private readonly Recency _recency;
    private readonly int _versionsPerPage;
    private readonly IndexedVersions _indexed;
    private StoredVersion? _left;
    private long _sequence;

    /// <summary>Makes an empty index for a store of <paramref name="capacity"/> bytes that keeps so many versions of a page and principal at most.</summary>
    public StoreIndex(long capacity, int versionsPerPage = VersionStoreOptions.DefaultVersionsPerPage)
    {
        _versionsPerPage = versionsPerPage;
        _recency = new Recency(capacity);
        _indexed = new IndexedVersions(capacity);
    }

    /// <summary>The uses that siblings are found by.</summary>
    public TemplateIndex Templates { get; } = new();

    /// <summary>How many versions.</summary>
    public int Versions => _versions.Count;

    /// <summary>How many uses.</summary>
    public int Uses { get; private set; }

    /// <summary>Bytes of all versions and their uses.</summary>
    public long Bytes => _recency.Bytes + (Uses * StoreCosts.Use);

    /// <summary>Of these, what the indexes of bases take.</summary>
    public long IndexBytes => _indexed.Bytes;

    /// <summary>The version to put aside next; null if there is none.</summary>
    public StoredVersion? Next => _recency.Next;

    /// <summary>The version of that name.</summary>
    public bool TryFind(VersionName name, [NotNullWhen(true)] out StoredVersion? version) => _versions.TryGetValue(name, out version);

    /// <summary>The versions of a page that <paramref name="owner"/> may have.</summary>
    public PageSlot? FindPage(PageKey page, Principal owner) => _pages.GetValueOrDefault((page, owner));

    /// <summary>Makes <paramref name="version"/> the newest of the use's page, and forgets the oldest one beyond what a page may have.</summary>
    public void Put(StoredVersion version, in VersionUse use)
    {
        _versions.TryAdd(version.Version.Name, version);
        PageSlot slot = PageOf(use.Page, SlotOwner.Of(use));
        StoredUse? first = slot.Newest;
        StoredUse? same = slot.Find(version);

        slot.Uses.AddFirst(Link(version, slot, use).OfPage);
        version.NewestOf++;
        version.Proved |= first is not null;
        if (first is not null)
        {
            Supersede(first.Of);
        }

        if (same is not null)
        {
            Unlink(same);
        }
        else if (slot.Uses.Count > _versionsPerPage)
        {
            Unlink(slot.Uses.Last!.Value);
        }

        if (version.Uses.Count > MaxUses)
        {
            Remove(version.Uses.Last!.Value);
        }

        _recency.Touch(version);
    }

    /// <summary>Notes that a version was of use: its page is asked for again, or it serves as a base.</summary>
    public void Prove(StoredVersion version)
    {
        version.Proved = true;
        _recency.Touch(version);
        _indexed.Touch(version);
    }

    /// <summary>Counts the index that a version has now.</summary>
    public void CountIndex(StoredVersion version) => _indexed.Count(version);

    /// <summary>Takes a version out, with all its uses.</summary>
    public void Remove(StoredVersion version)
    {
        while (version.Uses.Last is { } use)
        {
            Remove(use.Value);
        }
    }

    /// <summary>The versions that have left since the last call, chained by <see cref="StoredVersion.LeftBefore"/>: the store has to let go of them.</summary>
    public StoredVersion? TakeLeft()
    {
        StoredVersion? left = _left;
        _left = null;
        return left;
    }

    private void Supersede(StoredVersion version)
    {
        version.NewestOf--;
        if (version.NewestOf == 0)
        {
            _indexed.Demote(version);
        }

        _recency.Place(version);
    }

    private void Remove(StoredUse use)
    {
        PageSlot slot = use.Page;
        if (slot.Newest == use)
        {
            use.Of.NewestOf--;
            if (use.OfPage.Next is { } next)
            {
                next.Value.Of.NewestOf++;
                _recency.Place(next.Value.Of);
            }
        }

        Unlink(use);
        if (slot.Uses.Count == 0)
        {
            _pages.Remove(slot.Key);
        }
    }

    private PageSlot PageOf(PageKey page, Principal owner)
    {
        if (!_pages.TryGetValue((page, owner), out PageSlot? slot))
        {
            slot = new PageSlot { Key = (page, owner) };
            _pages.Add(slot.Key, slot);
        }

        return slot;
    }

    private StoredUse Link(StoredVersion version, PageSlot slot, in VersionUse use)
    {
        var added = new StoredUse(use, version, slot, ++_sequence);
        version.Uses.AddFirst(added.OfVersion);
        Uses++;
        if (use.Sharing != Sharing.PublicPage)
        {
            Templates.Add(added);
        }

        return added;
    }

    private void Unlink(StoredUse use)
    {
        StoredVersion version = use.Of;
        Templates.Remove(use);
        version.Uses.Remove(use.OfVersion);
        use.Page.Uses.Remove(use.OfPage);
        Uses--;
        if (version.Uses.Count > 0)
        {
            _recency.Place(version);
            return;
        }

        _versions.Remove(version.Version.Name);
        version.Group?.Remove(version);
        _indexed.Remove(version);
        version.LeftBefore = _left;
        _left = version;
    }
}
