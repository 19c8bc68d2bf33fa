using Railgun.Listener.Clients;
using Railgun.Protocol.Engine;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// The proxy library's way out: requests to senders go over the link, those to other destinations, and to the direct origin when there is no link, go the
/// library's own way. Step 2 of a request's life.
/// </summary>
internal sealed class LinkHandler : DelegatingHandler
{
    private readonly LinkForwarder _forwarder;
    private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _elsewhere;

    /// <summary>Makes a handler.</summary>
    /// <param name="forwarder">Forwards over the link.</param>
    /// <param name="inner">The library's own handler.</param>
    public LinkHandler(LinkForwarder forwarder, HttpMessageHandler inner)
        : base(inner)
    {
        _forwarder = forwarder;
        _elsewhere = SendElsewhereAsync;
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Options.TryGetValue(ClientRequest.Key, out ClientRequest? client)
            && request.RequestUri is { } address && SenderHost.NameIn(address.Host) is { } sender
            ? _forwarder.ForwardAsync(new ForwardedRequest(request, client, sender, _elsewhere), cancellationToken)
            : SendElsewhereAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendElsewhereAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellation);
        response.Headers.Remove(ErrorField.Name);
        return request.Options.TryGetValue(ClientRequest.Key, out ClientRequest? client) ? MeteredContent.Meter(response, client) : response;
    }
}
