using System.Net;
using System.Net.Http.Headers;
using Railgun.Protocol.Heads;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// The configured direct origin: asked where there is no link, without deltas. Off unless configured, as it has to reach the origin over the far line.
/// </summary>
/// <param name="address">Where it is: scheme, host, port, and perhaps a path that stands before each target; null if there is none.</param>
internal sealed class DirectOrigin(Uri? address)
{
    private static readonly UriCreationOptions Raw = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Whether there is one.</summary>
    public bool IsConfigured => address is not null;

    /// <summary>Asks it instead of the sender.</summary>
    public async Task<HttpResponseMessage> AskAsync(ForwardedRequest request, RequestHead head, CancellationToken cancellation)
    {
        HttpRequestMessage message = request.Message;
        message.RequestUri = AddressOf(head.Target);
        message.Headers.Host = head.Authority;
        RestoreCondition(message.Headers, "If-Match");
        RestoreCondition(message.Headers, "If-None-Match");
        HttpResponseMessage response = await request.Elsewhere(message, cancellation);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            WeakenAgain(response.Headers, request.Client.Http.Request.Headers.IfNoneMatch.ToString());
        }

        return response;
    }

    // The client may hold bodies that came over the link, coded otherwise and with tags to match: to this origin too they are its own.
    private static void RestoreCondition(HttpRequestHeaders request, string name)
    {
        if (request.NonValidated.TryGetValues(name, out HeaderStringValues sent) && WeakenedTag.IsIn(sent.ToString()))
        {
            request.Remove(name);
            request.TryAddWithoutValidation(name, WeakenedTag.Restore(sent.ToString()));
        }
    }

    private static void WeakenAgain(HttpResponseHeaders response, string held)
    {
        if (response.NonValidated.TryGetValues("ETag", out HeaderStringValues tag) && WeakenedTag.IsIn(held, tag.ToString()))
        {
            response.Remove("ETag");
            response.TryAddWithoutValidation("ETag", WeakenedTag.Weaken(tag.ToString()));
            response.TryAddWithoutValidation("Vary", "Accept-Encoding");
        }
    }

    private Uri AddressOf(string target)
    {
        string root = address!.GetLeftPart(UriPartial.Authority) + address.AbsolutePath.TrimEnd('/');
        return new Uri(target == "*" ? root : root + target, Raw);
    }
}
