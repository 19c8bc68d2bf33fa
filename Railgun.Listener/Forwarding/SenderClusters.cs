using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// What clusters have where their configuration says nothing of it: the policy <see cref="LiveSenders"/> for available destinations, and, where a destination is a sender,
/// an activity time-out that event streams and long polls outlive.
/// </summary>
internal sealed class SenderClusters : IProxyConfigFilter
{
    /// <summary>
    /// How long an exchange may be without a byte in either direction. The link tells by itself when it is dead, and the sender when its origin is; this is for what
    /// neither sees. The proxy library's own 100 s are for destinations that nobody else watches.
    /// </summary>
    public static readonly TimeSpan ActivityTimeout = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        ClusterConfig with = cluster;
        if (string.IsNullOrEmpty(with.HealthCheck?.AvailableDestinationsPolicy))
        {
            with = with with { HealthCheck = (with.HealthCheck ?? new HealthCheckConfig()) with { AvailableDestinationsPolicy = LiveSenders.PolicyName } };
        }

        if (with.HttpRequest?.ActivityTimeout is null && HasSender(with))
        {
            with = with with { HttpRequest = (with.HttpRequest ?? ForwarderRequestConfig.Empty) with { ActivityTimeout = ActivityTimeout } };
        }

        return new(with);
    }

    /// <inheritdoc/>
    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);

    private static bool HasSender(ClusterConfig cluster) =>
        cluster.Destinations?.Values.Any(static destination => SenderDestination.Find(destination.Address) is not null) == true;
}
