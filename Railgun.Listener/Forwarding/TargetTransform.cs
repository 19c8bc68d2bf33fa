using Railgun.Listener.Clients;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// The last transform of each route: finds the target for the sender, which is the client's raw one unless a transform before changed path or query, and hands
/// the request over to <see cref="LinkHandler"/>. Step 2 of a request's life.
/// </summary>
internal sealed class TargetTransform : RequestTransform
{
    /// <inheritdoc/>
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        if (SenderDestination.Find(context.DestinationPrefix) is not { } destination
            || context.ProxyRequest.RequestUri is not null
            || context.HttpContext.Features.Get<ClientRequest>() is not { } client)
        {
            return ValueTask.CompletedTask;
        }

        client.RoutedTarget = destination.BasePath.Length == 0 && IsUnchanged(context) ? client.RawTarget : Rebuilt(context);

        // The proxy would make a URI of each target, only for us to take it apart again.
        context.ProxyRequest.RequestUri = destination.Address;
        context.ProxyRequest.Options.Set(ClientRequest.Key, client);
        return ValueTask.CompletedTask;
    }

    private static bool IsUnchanged(RequestTransformContext context) =>
        context.Path == context.HttpContext.Request.Path && context.Query.QueryString == context.HttpContext.Request.QueryString;

    private static string Rebuilt(RequestTransformContext context) =>
        RequestUtilities.MakeDestinationAddress(context.DestinationPrefix, context.Path, context.Query.QueryString).PathAndQuery;
}
