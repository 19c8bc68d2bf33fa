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
        HttpResponseMessage response = await request.Elsewhere(message, cancellation);
        return MeteredContent.Meter(response, request.Client.Body);
    }

    private Uri AddressOf(string target)
    {
        string root = address!.GetLeftPart(UriPartial.Authority) + address.AbsolutePath.TrimEnd('/');
        return new Uri(target == "*" ? root : root + target, Raw);
    }
}
