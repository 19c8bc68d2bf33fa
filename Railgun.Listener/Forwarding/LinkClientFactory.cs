using Yarp.ReverseProxy.Forwarder;

namespace Railgun.Listener.Forwarding;

/// <summary>Puts <see cref="LinkHandler"/> before the handler that the proxy library makes for each cluster.</summary>
/// <param name="forwarder">Forwards over the link.</param>
/// <param name="logger">The library's.</param>
internal sealed class LinkClientFactory(LinkForwarder forwarder, ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    /// <inheritdoc/>
    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new LinkHandler(forwarder, handler);
}
