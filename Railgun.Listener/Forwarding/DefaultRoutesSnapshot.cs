using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace Railgun.Listener.Forwarding;

/// <summary>One state of <see cref="DefaultRoutes"/>, replaced as a whole.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A token source without timer or links holds nothing.")]
internal sealed class DefaultRoutesSnapshot : IProxyConfig
{
    private readonly CancellationTokenSource _changed = new();

    /// <summary>Makes a state of one route and one cluster.</summary>
    public DefaultRoutesSnapshot(RouteConfig route, ClusterConfig cluster)
    {
        Routes = [route];
        Clusters = [cluster];
        ChangeToken = new CancellationChangeToken(_changed.Token);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RouteConfig> Routes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ClusterConfig> Clusters { get; }

    /// <inheritdoc/>
    public IChangeToken ChangeToken { get; }

    /// <summary>Tells that there is a newer state.</summary>
    public void SignalChange() => _changed.Cancel();
}
