using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// Chooses what a request offers: at most two versions of the page and one sibling that this client may have a delta against. Step 2 of a
/// request's life.
/// </summary>
internal sealed class OfferChooser(VersionStore store, CredentialRules credentials, UncodedPages uncoded)
{
    /// <summary>Chooses and pins. The caller disposes the result.</summary>
    /// <param name="head">The request as it goes to the sender.</param>
    /// <param name="sender">The sender's name: versions of one site are never offered to another.</param>
    /// <param name="client">The client's own fields, before routes changed them.</param>
    public OfferedVersions Choose(RequestHead head, string sender, IHeaderDictionary client)
    {
        AskingClient asking = AskingClient.Of(head, client, credentials);
        OfferedVersions offered = Choose(head, new VersionUse(PageKey.Of(head, sender), TemplateKey.Of(head, sender), asking.Principal));
        (offered.SharedPrincipal, offered.KeptApart) = (asking.IsShared, asking.IsApart);
        return offered;
    }

    private OfferedVersions Choose(RequestHead head, in VersionUse use) =>
        !HasPageInAnswer(head) ? OfferedVersions.None(use, NoBaseReason.Method)
            : uncoded.Contains(use.Page) ? OfferedVersions.None(use, NoBaseReason.LastUncoded)
            : OfferedVersions.Find(store, use, credentials.PublicBasesOnly(head));

    /// <summary>
    /// GET, and POST: answers of searches and queries are alike. PUT, PATCH and DELETE answer in a few bytes; what they would offer costs more.
    /// </summary>
    private static bool HasPageInAnswer(RequestHead head) => head.Protocol is null && (head.Method is "GET" or "POST");
}
