namespace Railgun.Protocol.Versions;

/// <summary>The templates of one site and kind that one principal, or everybody, may have versions of. Guarded by the store's lock.</summary>
internal sealed class Neighbourhood
{
    /// <summary>The site, the kind, and whose versions these are.</summary>
    public required (ulong Site, PageKind Kind, Principal Owner) Key { get; init; }

    /// <summary>The templates, the one with the latest use first; never empty while the neighbourhood is in the store.</summary>
    public LinkedList<TemplateSlot> Templates { get; } = new();
}
