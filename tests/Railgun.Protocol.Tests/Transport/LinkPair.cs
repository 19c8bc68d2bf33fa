using System.Net;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Tests.Identity;
using Railgun.Protocol.Transport;

namespace Railgun.Protocol.Tests.Transport;

/// <summary>A listener's hub and a sender's hub that trust each other, on loopback.</summary>
internal sealed class LinkPair : IAsyncDisposable
{
    private readonly ScratchDirectory _listenerState = new();
    private readonly ScratchDirectory _senderState = new();
    private readonly NodeIdentity _listenerIdentity;
    private readonly NodeIdentity _senderIdentity;

    public LinkPair(IExchangeHandler handler, bool listenerTrusts = true, bool senderTrusts = true, bool listenerDials = false, int lanes = 1, TimeSpan? deadAfter = null)
    {
        _listenerIdentity = NodeIdentity.LoadOrCreate(_listenerState.Path, "edge", TimeProvider.System);
        _senderIdentity = NodeIdentity.LoadOrCreate(_senderState.Path, "shop", TimeProvider.System);
        ListenerPeers = TrustedPeers.In(_listenerState.Path);
        SenderPeers = TrustedPeers.In(_senderState.Path);
        if (listenerTrusts)
        {
            ListenerPeers.Add(_senderIdentity.Fingerprint, "shop");
        }

        if (senderTrusts)
        {
            SenderPeers.Add(_listenerIdentity.Fingerprint, "edge");
        }

        Listener = new LinkHub(Options(LinkRole.Listener, _listenerIdentity, ListenerPeers, lanes, deadAfter), null, ListenerSaw);
        Sender = new LinkHub(Options(LinkRole.Sender, _senderIdentity, SenderPeers, lanes, deadAfter), handler, SenderSaw);
        LinkHub accepting = listenerDials ? Sender : Listener;
        LinkHub dialling = listenerDials ? Listener : Sender;
        Endpoint = accepting.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        dialling.Dial("127.0.0.1", Endpoint.Port);
    }

    public IPEndPoint Endpoint { get; }

    public LinkHub Listener { get; }

    public LinkHub Sender { get; }

    public TrustedPeers ListenerPeers { get; }

    public TrustedPeers SenderPeers { get; }

    public RecordingObserver ListenerSaw { get; } = new();

    public RecordingObserver SenderSaw { get; } = new();

    public NodeIdentity SenderIdentity => _senderIdentity;

    public async Task<Link> UpAsync()
    {
        await ListenerSaw.Up.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await SenderSaw.Up.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return Listener.Find("shop")!;
    }

    public async ValueTask DisposeAsync()
    {
        await Sender.DisposeAsync();
        await Listener.DisposeAsync();
        _listenerIdentity.Dispose();
        _senderIdentity.Dispose();
        _listenerState.Dispose();
        _senderState.Dispose();
    }

    private static LinkHubOptions Options(LinkRole role, NodeIdentity identity, TrustedPeers peers, int lanes, TimeSpan? deadAfter) => new()
    {
        Role = role,
        Identity = identity,
        Peers = peers,
        Program = role == LinkRole.Listener ? "railgun-listener" : "railgun-sender",
        PeerProgram = role == LinkRole.Listener ? "railgun-sender" : "railgun-listener",
        Codecs = 0b11111,
        WaitForLane = TimeSpan.FromMilliseconds(300),
        Lanes = lanes,
        PingAfter = (deadAfter ?? KeepAlive.DefaultDeadAfter) / 2,
        DeadAfter = deadAfter ?? KeepAlive.DefaultDeadAfter,
    };
}
