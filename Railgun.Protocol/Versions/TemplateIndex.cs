namespace Railgun.Protocol.Versions;

/// <summary>Stored uses by template, and templates by site and kind. Guarded by the store's lock.</summary>
internal sealed class TemplateIndex
{
    private readonly Dictionary<(TemplateKey, Principal), TemplateSlot> _templates = [];
    private readonly Dictionary<(ulong, PageKind, Principal), Neighbourhood> _neighbourhoods = [];

    /// <summary>The uses of a template that <paramref name="owner"/> may have.</summary>
    public TemplateSlot? Find(TemplateKey template, Principal owner) => _templates.GetValueOrDefault((template, owner));

    /// <summary>The templates of a site and kind of which <paramref name="owner"/> may have versions.</summary>
    public Neighbourhood? FindNeighbours(TemplateKey template, Principal owner) =>
        _neighbourhoods.GetValueOrDefault((template.Site, template.Kind, owner));

    /// <summary>Adds a use as the latest of its template, and the template as the latest of its neighbours.</summary>
    public void Add(StoredUse use)
    {
        TemplateSlot slot = SlotOf(use.Use.Template, use.Page.Key.Owner);
        slot.Add(use);
        slot.Neighbours.Touch(slot);
    }

    /// <summary>Takes a use out.</summary>
    public void Remove(StoredUse use)
    {
        if (use.Template is not { } slot)
        {
            return;
        }

        slot.Remove(use);
        if (slot.Latest is not null)
        {
            return;
        }

        _templates.Remove(slot.Key);
        slot.Neighbours.Remove(slot);
        if (slot.Neighbours.Latest is null)
        {
            _neighbourhoods.Remove(slot.Neighbours.Key);
        }
    }

    private TemplateSlot SlotOf(TemplateKey template, Principal owner)
    {
        if (!_templates.TryGetValue((template, owner), out TemplateSlot? slot))
        {
            slot = new TemplateSlot { Key = (template, owner), Neighbours = NeighboursOf(template, owner) };
            _templates.Add(slot.Key, slot);
        }

        return slot;
    }

    private Neighbourhood NeighboursOf(TemplateKey template, Principal owner)
    {
        (ulong, PageKind, Principal) key = (template.Site, template.Kind, owner);
        if (!_neighbourhoods.TryGetValue(key, out Neighbourhood? neighbours))
        {
            neighbours = new Neighbourhood { Key = key };
            _neighbourhoods.Add(key, neighbours);
        }

        return neighbours;
    }
}
