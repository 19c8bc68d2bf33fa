using Railgun.Hosting.Admin;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;

namespace Railgun.Hosting.Links;

/// <summary>What the admin endpoint tells of links.</summary>
/// <param name="peers">Whom this node trusts.</param>
/// <param name="hub">The links.</param>
/// <param name="news">Since when links are up or down.</param>
/// <param name="time">The clock.</param>
internal sealed class LinkStatus(TrustedPeers peers, LinkHub hub, LinkNews news, TimeProvider time)
{
    /// <summary>Whether any link has a live lane.</summary>
    public bool HasLiveLane
    {
        get
        {
            foreach (Link link in hub.Links)
            {
                if (link.IsUp)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Every trusted peer, up or down.</summary>
    public IReadOnlyList<PeerStatus> Peers() => [.. peers.All.Select(Of)];

    private PeerStatus Of(TrustedPeer peer)
    {
        LinkSnapshot? link = hub.Find(peer.Name)?.Snapshot();
        List<LaneStatus> lanes = [];
        foreach (LaneSnapshot lane in link?.Lanes ?? [])
        {
            (long up, long down) = Directed(lane.BytesReceived, lane.BytesSent);
            lanes.Add(new LaneStatus(
                lanes.Count + 1, lane.Remote, news.Dialled(peer.Name, lane.Remote), lane.RoundTrip?.TotalMilliseconds, lane.OpenStreams, up, down,
                time.GetUtcNow() - lane.Age, lane.DeliveryRate, lane.Window, lane.CongestionControl));
        }

        (long allUp, long allDown) = Directed(link?.BytesReceived ?? 0, link?.BytesSent ?? 0);
        return new PeerStatus(peer.Name, peer.Fingerprint.ToString(), lanes.Count > 0, news.Since(peer.Name), allUp, allDown, lanes);
    }

    // Up is towards the sender, on both sides.
    private (long Up, long Down) Directed(long received, long sent) =>
        hub.Options.Role == LinkRole.Listener ? (sent, received) : (received, sent);
}
