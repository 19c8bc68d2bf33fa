using Railgun.Hosting.Admin;
using Railgun.Listener.Senders;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Startup;

/// <summary>What the admin endpoint tells of links and the store.</summary>
/// <param name="peers">Whom this listener trusts.</param>
/// <param name="hub">The links.</param>
/// <param name="news">Since when links are up or down.</param>
/// <param name="store">The versions.</param>
/// <param name="time">The clock.</param>
internal sealed class ListenerStatus(TrustedPeers peers, LinkHub hub, SenderNews news, VersionStore store, TimeProvider time)
{
    /// <summary>Whether a sender is connected.</summary>
    public bool HasLiveLane => hub.Links.Any(static link => link.IsUp);

    /// <summary>The state now.</summary>
    public DaemonStatus Get()
    {
        StoreSnapshot held = store.Snapshot();
        return new DaemonStatus(
            [.. peers.All.Select(Peer)],
            [new StoreStatus("senders", held.Versions, held.Bytes - held.IndexBytes, held.IndexBytes, held.PinnedBytes, held.CapacityBytes, held.Evictions)]);
    }

    private PeerStatus Peer(TrustedPeer peer)
    {
        LinkSnapshot? link = hub.Find(peer.Name)?.Snapshot();
        var lanes = new List<LaneStatus>();
        foreach (LaneSnapshot lane in link?.Lanes ?? [])
        {
            lanes.Add(new LaneStatus(
                lanes.Count + 1, lane.Remote, news.Dialled(peer.Name, lane.Remote), lane.RoundTrip?.TotalMilliseconds, lane.OpenStreams,
                lane.BytesSent, lane.BytesReceived, time.GetUtcNow() - lane.Age));
        }

        return new PeerStatus(peer.Name, peer.Fingerprint.ToString(), lanes.Count > 0, news.Since(peer.Name), link?.BytesSent ?? 0, link?.BytesReceived ?? 0, lanes);
    }
}
