using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;

namespace Railgun.Hosting.Links;

/// <summary>
/// Logs what happens to links: lanes up and down, who was refused, what could not be connected, and one warning for each outage, not one for each try or
/// request. Remembers since when each peer is up or down. Thread-safe.
/// </summary>
/// <param name="log">Where to.</param>
/// <param name="time">The clock.</param>
internal sealed partial class LinkNews(ILogger<LinkNews> log, TimeProvider time) : ILinkObserver
{
    private readonly Repeats _repeats = new(time);

    /// <summary>By name; names come from the configuration and from the trusted peers only.</summary>
    private readonly ConcurrentDictionary<string, PeerState> _states = new(StringComparer.Ordinal);

    /// <summary>A lane has come or gone. Raised on any thread; handlers must not block.</summary>
    public event Action? LanesChanged;

    /// <summary>Since when the peer is up or down; null if it was never up.</summary>
    public DateTimeOffset? Since(string peer) => _states.GetValueOrDefault(peer)?.Since;

    /// <summary>Whether this side dialled the lane with that remote end.</summary>
    public bool Dialled(string peer, string remote) => _states.GetValueOrDefault(peer)?.Dialled(remote) ?? false;

    /// <summary>A request found no lane to <paramref name="peer"/>.</summary>
    public void RequestFailed(string peer, string reason)
    {
        if (StateOf(peer).Fail() == 1)
        {
            LogOutage(peer, reason);
        }
    }

    /// <inheritdoc/>
    public void LaneUp(in LaneReport report)
    {
        string peer = report.PeerName ?? "";
        Forget(report);
        LogLaneUp(peer, report.Fingerprint, report.Remote);
        int failed = StateOf(peer).Up(report.Remote, report.Dialled, time.GetUtcNow());
        if (failed > 0)
        {
            LogOutageOver(peer, failed);
        }

        LanesChanged?.Invoke();
    }

    /// <inheritdoc/>
    public void LaneDown(in LaneReport report)
    {
        string peer = report.PeerName ?? "";
        int left = StateOf(peer).Down(report.Remote, time.GetUtcNow());
        LogLaneDown(peer, report.Fingerprint, report.Remote, report.Cause, left);
        LanesChanged?.Invoke();
    }

    /// <inheritdoc/>
    public void PeerRefused(in LaneReport report)
    {
        LogLevel level = _repeats.IsNews(report.Fingerprint.ToString(), report.Cause) ? LogLevel.Warning : LogLevel.Debug;
        if (report.Remedy is { } remedy)
        {
            LogPeerRefused(level, report.Fingerprint, report.Remote, report.Cause, remedy);
        }
        else
        {
            LogPeerRefused(level, report.Fingerprint, report.Remote, report.Cause);
        }
    }

    /// <inheritdoc/>
    public void ConnectFailed(in LaneReport report)
    {
        LogLevel level = _repeats.IsNews(SubjectOf(report), report.Cause) ? LogLevel.Warning : LogLevel.Debug;
        if (report.Remedy is { } remedy)
        {
            LogConnectFailed(level, report.Remote, report.Cause, remedy);
        }
        else
        {
            LogConnectFailed(level, report.Remote, report.Cause);
        }
    }

    /// <inheritdoc/>
    public void CongestionRefused(string wanted, string cause) => LogCongestionRefused(wanted, cause);

    // Whoever dials in does so from a new port each time: what fails there is told apart by its address.
    private static string SubjectOf(in LaneReport report) =>
        report.Dialled || report.Remote.LastIndexOf(':') < 0 ? report.Remote : report.Remote[..report.Remote.LastIndexOf(':')];

    // What failed while dialling was said of the host's name, what is up now has an address: which of the names it was can't be told.
    private void Forget(in LaneReport report)
    {
        if (report.Dialled)
        {
            _repeats.ForgetAll();
        }
        else
        {
            _repeats.Forget(SubjectOf(report));
            _repeats.Forget(report.Fingerprint.ToString());
        }
    }

    private PeerState StateOf(string peer) => _states.GetOrAdd(peer, static _ => new PeerState());

    [LoggerMessage(100, LogLevel.Information, "Lane up: {Peer} ({Fingerprint}) at {Remote}", EventName = "LaneUp")]
    private partial void LogLaneUp(string peer, Fingerprint fingerprint, string remote);

    [LoggerMessage(101, LogLevel.Information, "Lane down: {Peer} ({Fingerprint}) at {Remote}: {Cause}; {Left} left", EventName = "LaneDown")]
    private partial void LogLaneDown(string peer, Fingerprint fingerprint, string remote, string cause, int left);

    [LoggerMessage(EventId = 102, EventName = "PeerRefused", Message = "Peer refused: {Fingerprint} at {Remote}: {Cause}; {Remedy}")]
    private partial void LogPeerRefused(LogLevel level, Fingerprint fingerprint, string remote, string cause, string remedy);

    [LoggerMessage(EventId = 103, EventName = "PeerRefusedThere", Message = "Peer refused: {Fingerprint} at {Remote}: {Cause}")]
    private partial void LogPeerRefused(LogLevel level, Fingerprint fingerprint, string remote, string cause);

    [LoggerMessage(EventId = 104, EventName = "ConnectFailed", Message = "No lane with {Remote}: {Cause}; {Remedy}")]
    private partial void LogConnectFailed(LogLevel level, string remote, string cause, string remedy);

    [LoggerMessage(EventId = 105, EventName = "ConnectBroken", Message = "No lane with {Remote}: {Cause}")]
    private partial void LogConnectFailed(LogLevel level, string remote, string cause);

    [LoggerMessage(108, LogLevel.Debug, "The kernel does not give lanes the congestion control {Wanted}: {Cause}; they use the system's", EventName = "CongestionRefused")]
    private partial void LogCongestionRefused(string wanted, string cause);

    [LoggerMessage(106, LogLevel.Warning, "Requests to {Peer} fail: {Reason}; no further one is logged until it is back", EventName = "Outage")]
    private partial void LogOutage(string peer, string reason);

    [LoggerMessage(107, LogLevel.Information, "{Peer} is back; {Count} requests found no lane meanwhile", EventName = "OutageOver")]
    private partial void LogOutageOver(string peer, int count);
}
