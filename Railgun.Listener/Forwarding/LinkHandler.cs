using Railgun.Listener.Clients;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// The proxy library's way out: requests to senders go over the link, those to other destinations, and to the direct origin when there is no link, go the
/// library's own way. Step 2 of a request's life.
/// </summary>
internal sealed class LinkHandler : DelegatingHandler
{
    private readonly LinkForwarder _forwarder;
    private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _inner;

    /// <summary>Makes a handler.</summary>
    /// <param name="forwarder">Forwards over the link.</param>
    /// <param name="inner">The library's own handler.</param>
    public LinkHandler(LinkForwarder forwarder, HttpMessageHandler inner)
        : base(inner)
    {
        _forwarder = forwarder;
        _inner = base.SendAsync;
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Options.TryGetValue(ClientRequest.Key, out ClientRequest? client)
            && request.RequestUri is { } address && SenderHost.NameIn(address.Host) is { } sender
            ? _forwarder.ForwardAsync(new ForwardedRequest(request, client, sender, _inner), cancellationToken)
            : SendElsewhereAsync(request, cancellationToken);

    private Task<HttpResponseMessage> SendElsewhereAsync(HttpRequestMessage request, CancellationToken cancellation) => _inner(request, cancellation);
}
