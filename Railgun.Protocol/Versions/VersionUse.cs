namespace Railgun.Protocol.Versions;

/// <summary>
/// Where a version was seen and who may have it as a base; or, for a lookup, who asks for what. One body may have many uses
/// (an error page under many URLs, a page that is the same for many principals) and is stored once.
/// </summary>
/// <param name="Page">The page.</param>
/// <param name="Template">What the page's URL has in common with its siblings.</param>
/// <param name="Principal">Who asked; <see cref="Principal.Anonymous"/> without credentials.</param>
/// <param name="Sharing">Who may have it; lookups ignore it.</param>
internal readonly record struct VersionUse(PageKey Page, TemplateKey Template, Principal Principal, Sharing Sharing = Sharing.None)
{
    /// <summary>Whether a version with this use may be the base of an answer to <paramref name="asker"/> (design: decision 10).</summary>
    /// <param name="asker">Who asks for what.</param>
    /// <param name="publicOnly">Whether only public versions will do, though the asker has credentials.</param>
    public bool Serves(in VersionUse asker, bool publicOnly) => Sharing switch
    {
        Sharing.Public => Template.Site == asker.Template.Site,
        Sharing.PublicPage => Page == asker.Page,
        Sharing.Principal => !publicOnly && Principal == asker.Principal && !Principal.IsAnonymous && Template.Site == asker.Template.Site,
        _ => false,
    };
}
