using Railgun.Protocol.Identity;
using Yarp.ReverseProxy.Configuration;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// The proxy's configuration where the operator gives none: everything goes to the trusted senders, taken as equals. It follows the file of trusted peers
/// while the listener runs.
/// </summary>
internal sealed class DefaultRoutes : IProxyConfigProvider, IDisposable
{
    /// <summary>The one route and the one cluster.</summary>
    public const string Id = "senders";

    private readonly TrustedPeers _peers;
    private readonly Lock _lock = new();
    private DefaultRoutesSnapshot _current;

    /// <summary>Follows <paramref name="peers"/>.</summary>
    public DefaultRoutes(TrustedPeers peers)
    {
        _peers = peers;
        _current = Read();
        peers.Changed += OnChanged;
    }

    /// <inheritdoc/>
    public IProxyConfig GetConfig() => _current;

    /// <inheritdoc/>
    public void Dispose() => _peers.Changed -= OnChanged;

    private void OnChanged(TrustedPeersChange change)
    {
        if (change.Added.Count == 0 && change.Removed.Count == 0)
        {
            return;
        }

        DefaultRoutesSnapshot before;
        lock (_lock)
        {
            before = _current;
            _current = Read();
        }

        before.SignalChange();
    }

    private DefaultRoutesSnapshot Read()
    {
        var destinations = new Dictionary<string, DestinationConfig>(StringComparer.OrdinalIgnoreCase);
        foreach (TrustedPeer peer in _peers.All)
        {
            destinations[peer.Name] = new DestinationConfig { Address = SenderHost.AddressOf(peer.Name) };
        }

        if (destinations.Count == 0)
        {
            // Without a destination the proxy would answer by itself, and neither tell why nor ask the direct origin.
            destinations["none"] = new DestinationConfig { Address = SenderHost.AddressOf("none") };
        }

        return new DefaultRoutesSnapshot(
            new RouteConfig { RouteId = Id, ClusterId = Id, Match = new RouteMatch { Path = "{**catch-all}" } },
            new ClusterConfig
            {
                ClusterId = Id,
                Destinations = destinations,
                LoadBalancingPolicy = ConnectedFirst.PolicyName,
            });
    }
}
