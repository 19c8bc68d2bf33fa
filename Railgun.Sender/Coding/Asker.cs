using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Sender.Coding;

/// <summary>Who asks for what, as the store sees it (step 4). Computed here from the request itself: what a listener might say of it does not count.</summary>
/// <param name="Use">The page and the principal.</param>
/// <param name="PublicOnly">Whether another site may have sent the request, so that only public bases will do.</param>
internal readonly record struct Asker(VersionUse Use, bool PublicOnly)
{
    /// <summary>The asker of <paramref name="head"/>.</summary>
    public static Asker Of(RequestHead head, CredentialRules rules) =>
        new(new VersionUse(PageKey.Of(head), TemplateKey.Of(head), rules.Identify(head)), rules.PublicBasesOnly(head));
}
