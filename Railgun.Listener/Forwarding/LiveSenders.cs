using Railgun.Listener.Senders;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// Which destinations any load balancing policy chooses among: senders that have a live lane (the link asks them every few seconds, so nobody else need), and other destinations as their own health
/// checks find them. Where none is left, all are: the request then waits for a lane, and fails by the failure table.
/// </summary>
/// <param name="senders">Who is connected.</param>
internal sealed class LiveSenders(ISenders senders) : IAvailableDestinationsPolicy
{
    /// <summary>The policy's name in the configuration; clusters that name none have it.</summary>
    public const string PolicyName = "LiveSenders";

    /// <inheritdoc/>
    public string Name => PolicyName;

    /// <inheritdoc/>
    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        bool active = config.HealthCheck?.Active?.Enabled ?? false;
        bool passive = config.HealthCheck?.Passive?.Enabled ?? false;
        var live = new List<DestinationState>(allDestinations.Count);
        foreach (DestinationState destination in allDestinations)
        {
            bool unhealthy = (active && destination.Health.Active == DestinationHealth.Unhealthy) || (passive && destination.Health.Passive == DestinationHealth.Unhealthy);
            if (!unhealthy && IsLive(destination))
            {
                live.Add(destination);
            }
        }

        return live.Count > 0 ? live : allDestinations;
    }

    private bool IsLive(DestinationState destination) =>
        SenderDestination.Find(destination.Model.Config.Address) is not { } sender || senders.IsUp(sender.Sender);
}
