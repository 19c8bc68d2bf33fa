using System.Net;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;

namespace Railgun.Benchmarks.Link;

/// <summary>Both ends of a link with one lane on loopback: engines, lane shells, TLS.</summary>
internal sealed class LinkEnds : IAsyncDisposable
{
    private const string Peer = "self";

    private readonly LinkHub _listener;
    private readonly LinkHub _sender;

    private LinkEnds(NodeIdentity identity, string directory, IExchangeHandler handler)
    {
        var peers = TrustedPeers.In(Directory.CreateDirectory(Path.Combine(directory, Path.GetRandomFileName())).FullName);
        peers.Add(identity.Fingerprint, Peer);
        _listener = new LinkHub(Options(LinkRole.Listener, identity, peers), null, new SilentObserver());
        _sender = new LinkHub(Options(LinkRole.Sender, identity, peers), handler, new SilentObserver());
    }

    /// <summary>The link as the listener has it.</summary>
    public Protocol.Transport.Link Link => _listener.Find(Peer)!;

    /// <summary>The lane's snapshot on the sender's side.</summary>
    public LaneSnapshot Lane => _sender.Find(Peer)!.Snapshot().Lanes[0];

    /// <summary>Connects a listener and a sender whose exchanges <paramref name="handler"/> answers.</summary>
    public static async Task<LinkEnds> StartAsync(NodeIdentity identity, string directory, IExchangeHandler handler)
    {
        var ends = new LinkEnds(identity, directory, handler);
        IPEndPoint at = ends._listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        ends._sender.Dial("127.0.0.1", at.Port);
        while (ends._listener.Find(Peer) is not { IsUp: true } || ends._sender.Find(Peer) is not { IsUp: true })
        {
            await Task.Delay(10);
        }

        return ends;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _listener.DisposeAsync();
    }

    private static LinkHubOptions Options(LinkRole role, NodeIdentity identity, TrustedPeers peers) => new()
    {
        Role = role,
        Identity = identity,
        Peers = peers,
        Program = "benchmark",
        PeerProgram = "benchmark",
        Codecs = (2u << (int)Codec.DenseFreshDelta) - 1,
        Lanes = 1,
    };

    private sealed class SilentObserver : ILinkObserver
    {
        public void LaneUp(in LaneReport report)
        {
        }

        public void LaneDown(in LaneReport report)
        {
        }

        public void PeerRefused(in LaneReport report)
        {
        }

        public void ConnectFailed(in LaneReport report) => Console.Error.WriteLine(report.Cause);

        public void CongestionRefused(string wanted, string cause)
        {
        }
    }
}
