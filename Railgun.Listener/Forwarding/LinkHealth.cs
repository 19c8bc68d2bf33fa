using Railgun.Listener.Senders;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// Lets the proxy look anew at its destinations whenever a lane came or went, and gives clusters that say nothing of it the policy <see cref="LiveSenders"/>: so a sender that is lost gets no request
/// more, and one that is back gets its share at once, whatever the load balancing policy.
/// </summary>
/// <param name="senders">Who is connected.</param>
/// <param name="proxy">The proxy's clusters.</param>
/// <param name="destinations">What they choose among.</param>
internal sealed class LinkHealth(ISenders senders, IProxyStateLookup proxy, IClusterDestinationsUpdater destinations) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        senders.Changed += OnChanged;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        senders.Changed -= OnChanged;
        return Task.CompletedTask;
    }

    // Whoever tells must not be held up.
    private void OnChanged() => ThreadPool.UnsafeQueueUserWorkItem(static health => health.LookAnew(), this, preferLocal: false);

    private void LookAnew()
    {
        foreach (ClusterState cluster in proxy.GetClusters())
        {
            destinations.UpdateAvailableDestinations(cluster);
        }
    }
}
