namespace Railgun.Protocol.Versions;

/// <summary>The versions of one page that one principal, or everybody, may have: two at most. Guarded by the store's lock.</summary>
internal sealed class PageSlot
{
    /// <summary>The page and whose versions these are.</summary>
    public required (PageKey Page, Principal Owner) Key { get; init; }

    /// <summary>The newest version's use.</summary>
    public StoredUse? Newest { get; set; }

    /// <summary>The use of the version before it: pages that alternate between two contents find both.</summary>
    public StoredUse? Second { get; set; }

    /// <summary>The use that comes after <paramref name="use"/>; null after the last.</summary>
    public StoredUse? After(StoredUse use) => use == Newest ? Second : null;
}
