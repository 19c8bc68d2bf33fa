using System.Net.Sockets;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Transport;

/// <summary>Makes lanes out of connections and finds the words for what became of them.</summary>
internal sealed class LaneMaker(LinkHub hub, SteadyClock clock)
{
    // What a lane's window begins with: most pages never need more. It grows with the line.
    private const int FirstWindow = 4 << 20;

    private readonly LinkHubOptions _options = hub.Options;
    private readonly Guid _instance = Guid.NewGuid();
    private bool _congestionTold;

    /// <summary>The time, as the engines count it.</summary>
    public long Now => clock.Now;

    /// <summary>A lane on a connection whose TLS handshake is over.</summary>
    public Lane Make(LaneConnection connection, bool dialled)
    {
        (HelloStatus refusal, string text) = Judge(connection.Fingerprint, dialled);
        Tune(connection);
        var options = new LaneEngineOptions
        {
            Dialled = dialled,
            Refusal = refusal,
            RefusalText = text,
            Hello = new Hello
            {
                Role = _options.Role,
                Instance = _instance,
                Epoch = _options.Epoch,
                Software = _options.Software,
                Codecs = _options.Codecs | (1u << (int)Codec.Identity),

                // Strangers get no memory: they are refused before they can use any.
                LaneWindow = refusal == HelloStatus.Accepted ? _options.Memory.LendWindow(FirstWindow) : Hello.MinWindow,
            },
            Handles = refusal == HelloStatus.Accepted ? hub.HandlesOf(connection.Fingerprint) : new LinkHandles(),
            Memory = _options.Memory,
            PingAfter = _options.PingAfter,
            DeadAfter = _options.DeadAfter,
            PadTo = _options.PadTo,
        };
        return new Lane(connection, new LaneEngine(options, clock.Now), hub, clock);
    }

    /// <summary>The lane has ended: gives back what it was lent.</summary>
    public void Over(Lane lane)
    {
        if (lane.Engine.Options.Refusal == HelloStatus.Accepted)
        {
            _options.Memory.Return(lane.Engine.Options.Hello.LaneWindow);
        }
    }

    /// <summary>A report on a lane.</summary>
    public LaneReport Report(Lane lane, string cause, string? remedy)
    {
        // A peer that is trusted no longer had a name as long as its lane was open.
        string? name = lane.PeerName.Length > 0 ? lane.PeerName : _options.Peers.TryFind(lane.Fingerprint, out TrustedPeer? peer) ? peer.Name : null;
        return new LaneReport(name, lane.Fingerprint, lane.Remote?.ToString() ?? "", lane.Engine.Options.Dialled, cause, remedy);
    }

    /// <summary>Tells of a lane that never opened.</summary>
    public void ReportRefusal(Lane lane, LaneEnd end)
    {
        bool knownHere = _options.Peers.TryFind(lane.Fingerprint, out _);
        bool refused = end.Status != HelloStatus.Accepted || end.Code == LaneCode.UnknownPeer;
        if (!refused && knownHere)
        {
            hub.Observer.ConnectFailed(Report(lane, end.Text, null));
            return;
        }

        string? remedy = knownHere ? null : $"if this is the peer that you expect, run here: {TrustLine(_options.Program, lane.Fingerprint)}";
        // What was said to the peer tells it what to run there; here that is the remedy.
        string cause = end.ByPeer ? $"the peer refused: {end.Text}" : knownHere ? end.Text : "its key is not trusted here";
        hub.Observer.PeerRefused(Report(lane, cause, remedy));
    }

    /// <summary>Tells of a connection that did not become a lane.</summary>
    public void ReportFailure(string remote, bool dialled, Exception e)
    {
        (string cause, string? remedy) = Explain(e, dialled);
        hub.Observer.ConnectFailed(new LaneReport(null, default, remote, dialled, cause, remedy));
    }

    private void Tune(LaneConnection connection)
    {
        connection.Tcp.LimitSilence(_options.DeadAfter);
        if (_options.Congestion.Length == 0 || connection.Tcp.UseCongestionControl(_options.Congestion) is not { } cause || _congestionTold)
        {
            return;
        }

        _congestionTold = true;
        hub.Observer.CongestionRefused(_options.Congestion, cause);
    }

    private (HelloStatus Status, string Text) Judge(Fingerprint fingerprint, bool dialled)
    {
        if (!_options.Peers.TryFind(fingerprint, out _))
        {
            return (HelloStatus.UnknownPeer,
                $"{fingerprint} is not trusted by this {_options.Role.ToString().ToLowerInvariant()}; run there: {TrustLine(_options.Program, fingerprint)}");
        }

        return !dialled && hub.CountLanes(fingerprint) >= _options.MaxLanesPerPeer
            ? (HelloStatus.Unavailable, $"the peer has {_options.MaxLanesPerPeer} lanes already")
            : (HelloStatus.Accepted, "");
    }

    private string TrustLine(string program, Fingerprint fingerprint)
    {
        string name = _options.Role == LinkRole.Listener ? "shop" : "edge";
        return $"{program} trust {fingerprint} --name {name}";
    }

    private (string Cause, string? Remedy) Explain(Exception e, bool dialled) => e switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            ("connection refused", $"check that {_options.PeerProgram} runs there, and the port"),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } => ("the name can't be resolved", "check the host's name"),
        SocketException socket => (socket.Message, null),
        OperationCanceledException or TimeoutException => ("no answer in time", dialled ? "check the address and the firewall between" : null),
        System.Security.Authentication.AuthenticationException when dialled =>
            ($"TLS failed: {e.InnerException?.Message ?? e.Message}", $"check that the port is the link port of {_options.PeerProgram}"),
        System.Security.Authentication.AuthenticationException =>
            ($"TLS failed: {e.InnerException?.Message ?? e.Message}", $"only {_options.PeerProgram} can connect to this port: it wants TLS 1.3, ALPN railgun/1 and a certificate"),
        IOException => ($"the connection ended during the handshake: {e.Message}", null),
        _ => (e.Message, null),
    };
}
