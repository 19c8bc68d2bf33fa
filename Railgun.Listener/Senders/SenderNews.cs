using System.Collections.Concurrent;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Senders;

/// <summary>
/// Logs what happens to links: lanes up and down, who was refused, and one warning for each outage that requests suffer from, not one for each of them.
/// Remembers since when each sender is up or down. Thread-safe.
/// </summary>
/// <param name="logger">Where to.</param>
/// <param name="time">The clock.</param>
internal sealed partial class SenderNews(ILogger<SenderNews> logger, TimeProvider time) : ILinkObserver
{
    /// <summary>By name; names come from the configuration and from the trusted peers only.</summary>
    private readonly ConcurrentDictionary<string, SenderState> _states = new(StringComparer.Ordinal);

    /// <summary>Since when the sender is up or down; null if it was never up.</summary>
    public DateTimeOffset? Since(string sender) => _states.GetValueOrDefault(sender)?.Since;

    /// <summary>Whether this side dialled the lane with that remote end.</summary>
    public bool Dialled(string sender, string remote) => _states.GetValueOrDefault(sender)?.Dialled(remote) ?? false;

    /// <summary>A request found no lane to <paramref name="sender"/>.</summary>
    public void RequestFailed(string sender, string reason)
    {
        if (StateOf(sender).Fail() == 1)
        {
            LogOutage(sender, reason);
        }
    }

    /// <inheritdoc/>
    public void LaneUp(in LaneReport report)
    {
        string sender = report.PeerName ?? "";
        LogLaneUp(sender, report.Fingerprint.ToString(), report.Remote);
        int failed = StateOf(sender).Up(report.Remote, report.Dialled, time.GetUtcNow());
        if (failed > 0)
        {
            LogOutageOver(sender, failed);
        }
    }

    /// <inheritdoc/>
    public void LaneDown(in LaneReport report)
    {
        string sender = report.PeerName ?? "";
        int left = StateOf(sender).Down(report.Remote, time.GetUtcNow());
        LogLaneDown(sender, report.Fingerprint.ToString(), report.Remote, report.Cause, left);
    }

    /// <inheritdoc/>
    public void PeerRefused(in LaneReport report) =>
        LogPeerRefused(report.Fingerprint.ToString(), report.Remote, report.Cause, report.Remedy ?? "");

    /// <inheritdoc/>
    public void ConnectFailed(in LaneReport report) => LogConnectFailed(report.Remote, report.Cause, report.Remedy ?? "");

    private SenderState StateOf(string sender) => _states.GetOrAdd(sender, static _ => new SenderState());

    [LoggerMessage(1, LogLevel.Information, "lane up: sender {Sender} ({Fingerprint}) at {Remote}")]
    private partial void LogLaneUp(string sender, string fingerprint, string remote);

    [LoggerMessage(2, LogLevel.Information, "lane down: sender {Sender} ({Fingerprint}) at {Remote}: {Cause}; {Left} left")]
    private partial void LogLaneDown(string sender, string fingerprint, string remote, string cause, int left);

    [LoggerMessage(3, LogLevel.Warning, "peer refused: {Fingerprint} at {Remote}: {Cause}. {Remedy}")]
    private partial void LogPeerRefused(string fingerprint, string remote, string cause, string remedy);

    [LoggerMessage(4, LogLevel.Warning, "connection failed: {Remote}: {Cause}. {Remedy}")]
    private partial void LogConnectFailed(string remote, string cause, string remedy);

    [LoggerMessage(5, LogLevel.Warning, "requests to {Sender} fail: {Reason}; no further one is logged until it is back")]
    private partial void LogOutage(string sender, string reason);

    [LoggerMessage(6, LogLevel.Information, "{Sender} is back; {Count} requests found no lane meanwhile")]
    private partial void LogOutageOver(string sender, int count);
}
