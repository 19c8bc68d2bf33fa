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

    /// <summary>Adds a use as the latest of its template, and the template as the latest of its neighbourhood.</summary>
    public void Add(StoredUse use)
    {
        TemplateSlot slot = SlotOf(use.Use.Template, use.Page.Key.Owner);
        use.Template = slot;
        slot.Uses.AddFirst(use.OfTemplate);

        LinkedList<TemplateSlot> neighbours = slot.Neighbourhood.Templates;
        if (slot.OfNeighbourhood.List is not null)
        {
            neighbours.Remove(slot.OfNeighbourhood);
        }

        neighbours.AddFirst(slot.OfNeighbourhood);
    }

    /// <summary>Takes a use out.</summary>
    public void Remove(StoredUse use)
    {
        if (use.Template is not { } slot)
        {
            return;
        }

        use.Template = null;
        slot.Uses.Remove(use.OfTemplate);
        if (slot.Uses.Count > 0)
        {
            return;
        }

        _templates.Remove(slot.Key);
        Neighbourhood neighbourhood = slot.Neighbourhood;
        neighbourhood.Templates.Remove(slot.OfNeighbourhood);
        if (neighbourhood.Templates.Count == 0)
        {
            _neighbourhoods.Remove(neighbourhood.Key);
        }
    }

    private TemplateSlot SlotOf(TemplateKey template, Principal owner)
    {
        if (!_templates.TryGetValue((template, owner), out TemplateSlot? slot))
        {
            slot = new TemplateSlot(template, owner, NeighbourhoodOf(template, owner));
            _templates.Add(slot.Key, slot);
        }

        return slot;
    }

    private Neighbourhood NeighbourhoodOf(TemplateKey template, Principal owner)
    {
        (ulong, PageKind, Principal) key = (template.Site, template.Kind, owner);
        if (!_neighbourhoods.TryGetValue(key, out Neighbourhood? neighbourhood))
        {
            neighbourhood = new Neighbourhood { Key = key };
            _neighbourhoods.Add(key, neighbourhood);
        }

        return neighbourhood;
    }
}
