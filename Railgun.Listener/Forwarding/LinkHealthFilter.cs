using Yarp.ReverseProxy.Configuration;

namespace Railgun.Listener.Forwarding;

/// <summary>Clusters whose configuration names no policy for available destinations get <see cref="LiveSenders"/>.</summary>
internal sealed class LinkHealthFilter : IProxyConfigFilter
{
    /// <inheritdoc/>
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        if (!string.IsNullOrEmpty(cluster.HealthCheck?.AvailableDestinationsPolicy))
        {
            return new(cluster);
        }

        HealthCheckConfig health = (cluster.HealthCheck ?? new HealthCheckConfig()) with { AvailableDestinationsPolicy = LiveSenders.PolicyName };
        return new(cluster with { HealthCheck = health });
    }

    /// <inheritdoc/>
    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
}
