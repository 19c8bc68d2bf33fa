namespace Railgun.Protocol.Versions;

/// <summary>One use of a stored version: a link between it, its page and its template. Guarded by the store's lock.</summary>
internal sealed class StoredUse
{
    /// <summary>Makes a use that stands in no list yet.</summary>
    public StoredUse(in VersionUse use, StoredVersion of, PageSlot page, long sequence)
    {
        Use = use;
        Of = of;
        Page = page;
        Sequence = sequence;
        OfVersion = new LinkedListNode<StoredUse>(this);
        OfPage = new LinkedListNode<StoredUse>(this);
        OfTemplate = new LinkedListNode<StoredUse>(this);
    }

    /// <summary>Where the version was seen, and who may have it.</summary>
    public VersionUse Use { get; }

    /// <summary>The version.</summary>
    public StoredVersion Of { get; }

    /// <summary>The page's place in the store.</summary>
    public PageSlot Page { get; }

    /// <summary>Counts up with each put: tells the newer of two.</summary>
    public long Sequence { get; }

    /// <summary>The template's place in the store; null where only the same page may have the version.</summary>
    public TemplateSlot? Template { get; set; }

    /// <summary>Its place among the version's uses.</summary>
    public LinkedListNode<StoredUse> OfVersion { get; }

    /// <summary>Its place among the page's uses.</summary>
    public LinkedListNode<StoredUse> OfPage { get; }

    /// <summary>Its place among the template's uses.</summary>
    public LinkedListNode<StoredUse> OfTemplate { get; }
}
