namespace Railgun.Protocol.Versions;

/// <summary>The uses of one template that one principal, or everybody, may have. Guarded by the store's lock.</summary>
internal sealed class TemplateSlot
{
    /// <summary>Makes a slot without uses that stands in no list yet.</summary>
    public TemplateSlot(TemplateKey template, Principal owner, Neighbourhood neighbourhood)
    {
        Key = (template, owner);
        Neighbourhood = neighbourhood;
        OfNeighbourhood = new LinkedListNode<TemplateSlot>(this);
    }

    /// <summary>The template and whose uses these are.</summary>
    public (TemplateKey Template, Principal Owner) Key { get; }

    /// <summary>The uses, the latest first; never empty while the slot is in the store.</summary>
    public LinkedList<StoredUse> Uses { get; } = new();

    /// <summary>The site's templates of the same kind.</summary>
    public Neighbourhood Neighbourhood { get; }

    /// <summary>Its place among them.</summary>
    public LinkedListNode<TemplateSlot> OfNeighbourhood { get; }
}
