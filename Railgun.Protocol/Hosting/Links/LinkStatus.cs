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
            bool listener = hub.Options.Role == LinkRole.Listener;
            lanes.Add(new LaneStatus(
                lanes.Count + 1,
                lane.Remote,
                news.Dialled(peer.Name, lane.Remote),
                lane.RoundTrip?.TotalMilliseconds,
                lane.OpenStreams,
                listener ? lane.BytesSent : lane.BytesReceived,
                listener ? lane.BytesReceived : lane.BytesSent,
                time.GetUtcNow() - lane.Age));
        }

        return new PeerStatus(peer.Name, peer.Fingerprint.ToString(), lanes.Count > 0, news.Since(peer.Name), lanes);
    }
}
