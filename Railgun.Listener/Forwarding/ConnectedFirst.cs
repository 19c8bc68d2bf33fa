using Railgun.Listener.Senders;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// A load balancing policy that the proxy's configuration can name: among the senders that have a live lane, the one with fewer requests of two drawn; without any
/// lane, one of all, where the request then waits.
/// </summary>
/// <param name="senders">Who is connected.</param>
internal sealed class ConnectedFirst(ISenders senders) : ILoadBalancingPolicy
{
    /// <summary>The policy's name in the configuration.</summary>
    public const string PolicyName = "ConnectedFirst";

    /// <inheritdoc/>
    public string Name => PolicyName;

    /// <inheritdoc/>
    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        if (availableDestinations.Count == 0)
        {
            return null;
        }

        int connected = 0;
        foreach (DestinationState destination in availableDestinations)
        {
            connected += IsConnected(destination) ? 1 : 0;
        }

        if (connected == 0)
        {
            return availableDestinations[Random.Shared.Next(availableDestinations.Count)];
        }

        DestinationState first = Connected(availableDestinations, Random.Shared.Next(connected));
        DestinationState second = Connected(availableDestinations, Random.Shared.Next(connected));
        return first.ConcurrentRequestCount <= second.ConcurrentRequestCount ? first : second;
    }

    private DestinationState Connected(IReadOnlyList<DestinationState> destinations, int index)
    {
        foreach (DestinationState destination in destinations)
        {
            if (IsConnected(destination) && index-- == 0)
            {
                return destination;
            }
        }

        // A lane has gone down since they were counted.
        return destinations[0];
    }

    /// <summary>Destinations that are no senders are the proxy's own matter, and always count.</summary>
    private bool IsConnected(DestinationState destination) =>
        SenderDestination.Find(destination.Model.Config.Address) is not { } sender || senders.IsUp(sender.Sender);
}
