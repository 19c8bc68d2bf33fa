namespace Railgun.Protocol.Versions;

/// <summary>
/// The templates of one site and kind that one principal, or everybody, may have versions of, the one used last first. Guarded by the store's lock.
/// </summary>
internal sealed class Neighbourhood
{
    /// <summary>The site, the kind, and whose versions these are.</summary>
    public required (ulong Site, PageKind Kind, Principal Owner) Key { get; init; }

    /// <summary>The template with the latest use; never null while the neighbourhood is in the store.</summary>
    public TemplateSlot? Latest { get; private set; }

    /// <summary>Puts <paramref name="template"/> in front, whether it is in the list or not.</summary>
    public void Touch(TemplateSlot template)
    {
        if (Latest == template)
        {
            return;
        }

        Unlink(template);
        template.Earlier = Latest;
        if (Latest is not null)
        {
            Latest.Later = template;
        }

        Latest = template;
    }

    /// <summary>Takes <paramref name="template"/> out.</summary>
    public void Remove(TemplateSlot template)
    {
        if (Latest == template)
        {
            Latest = template.Earlier;
        }

        Unlink(template);
    }

    private static void Unlink(TemplateSlot template)
    {
        if (template.Later is not null)
        {
            template.Later.Earlier = template.Earlier;
        }

        if (template.Earlier is not null)
        {
            template.Earlier.Later = template.Later;
        }

        template.Later = null;
        template.Earlier = null;
    }
}
