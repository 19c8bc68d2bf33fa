namespace Railgun.Protocol.Versions;

/// <summary>One use of a stored version: a link between it, its page and its template. Guarded by the store's lock.</summary>
internal sealed class StoredUse
{
    /// <summary>Where the version was seen, and who may have it.</summary>
    public required VersionUse Use { get; init; }

    /// <summary>The version.</summary>
    public required StoredVersion Of { get; init; }

    /// <summary>The page's place in the store.</summary>
    public required PageSlot Page { get; init; }

    /// <summary>Its siblings; null where only the same page may have it.</summary>
    public TemplateSlot? Template { get; set; }

    /// <summary>Counts up with each put: tells the newer of two.</summary>
    public required long Sequence { get; init; }

    /// <summary>The version's next earlier use.</summary>
    public StoredUse? EarlierOfVersion { get; set; }

    /// <summary>The version's next later use.</summary>
    public StoredUse? LaterOfVersion { get; set; }

    /// <summary>The template's next earlier use.</summary>
    public StoredUse? EarlierOfTemplate { get; set; }

    /// <summary>The template's next later use.</summary>
    public StoredUse? LaterOfTemplate { get; set; }
}
