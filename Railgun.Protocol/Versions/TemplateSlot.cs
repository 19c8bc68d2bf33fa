namespace Railgun.Protocol.Versions;

/// <summary>The uses of one template that one principal, or everybody, may have, the latest first. Guarded by the store's lock.</summary>
internal sealed class TemplateSlot
{
    /// <summary>The template and whose uses these are.</summary>
    public required (TemplateKey Template, Principal Owner) Key { get; init; }

    /// <summary>The site's templates of the same kind.</summary>
    public required Neighbourhood Neighbours { get; init; }

    /// <summary>The latest use; never null while the slot is in the store.</summary>
    public StoredUse? Latest { get; private set; }

    /// <summary>The neighbour with the next earlier use.</summary>
    public TemplateSlot? Earlier { get; set; }

    /// <summary>The neighbour with the next later use.</summary>
    public TemplateSlot? Later { get; set; }

    /// <summary>Puts a use in front.</summary>
    public void Add(StoredUse use)
    {
        use.Template = this;
        use.LaterOfTemplate = null;
        use.EarlierOfTemplate = Latest;
        if (Latest is not null)
        {
            Latest.LaterOfTemplate = use;
        }

        Latest = use;
    }

    /// <summary>Takes a use out.</summary>
    public void Remove(StoredUse use)
    {
        if (use.LaterOfTemplate is null)
        {
            Latest = use.EarlierOfTemplate;
        }
        else
        {
            use.LaterOfTemplate.EarlierOfTemplate = use.EarlierOfTemplate;
        }

        if (use.EarlierOfTemplate is not null)
        {
            use.EarlierOfTemplate.LaterOfTemplate = use.LaterOfTemplate;
        }

        use.Template = null;
    }
}
