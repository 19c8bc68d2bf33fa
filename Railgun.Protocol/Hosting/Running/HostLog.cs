using Microsoft.Extensions.Logging;
using Railgun.Protocol.Identity;

namespace Railgun.Hosting.Running;

/// <summary>What the host logs. Ids 1-49.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1, LogLevel.Information, "{Program} {Version}, fingerprint {Fingerprint}, state in {State}")]
    public static partial void Started(ILogger log, string program, string version, string fingerprint, string state);

    [LoggerMessage(2, LogLevel.Information, "{Opened}")]
    public static partial void Opened(ILogger log, string opened);

    [LoggerMessage(3, LogLevel.Information, "admin: {Url}")]
    public static partial void AdminOpened(ILogger log, string url);

    [LoggerMessage(4, LogLevel.Information, "{Note}")]
    public static partial void Note(ILogger log, string note);

    [LoggerMessage(5, LogLevel.Warning, "No peer is trusted yet. Run on the other side: {OtherLine}  and here, with its fingerprint: {OwnLine}")]
    public static partial void NobodyTrusted(ILogger log, string otherLine, string ownLine);

    [LoggerMessage(6, LogLevel.Information, "{Signal}: draining for at most {Grace}; a second signal ends at once")]
    public static partial void Draining(ILogger log, string signal, string grace);

    [LoggerMessage(7, LogLevel.Information, "{Program} has stopped")]
    public static partial void Stopped(ILogger log, string program);

    [LoggerMessage(8, LogLevel.Information, "The configuration was read again")]
    public static partial void Reloaded(ILogger log);

    [LoggerMessage(9, LogLevel.Error, "The configuration has a mistake and stays as it was: {Mistake}")]
    public static partial void ReloadMistake(ILogger log, string mistake);

    [LoggerMessage(10, LogLevel.Error, "The configuration could not be taken over")]
    public static partial void ReloadFailed(ILogger log, Exception exception);

    [LoggerMessage(11, LogLevel.Information, "{Peer} is trusted now: {Fingerprint}")]
    public static partial void PeerTrusted(ILogger log, string peer, string fingerprint);

    [LoggerMessage(12, LogLevel.Warning, "{Peer} is trusted no longer: {Fingerprint}")]
    public static partial void PeerDistrusted(ILogger log, string peer, string fingerprint);

    [LoggerMessage(13, LogLevel.Warning, "{Path}, {Problem}")]
    public static partial void PeersProblem(ILogger log, string path, string problem);

    [LoggerMessage(14, LogLevel.Critical, "The daemon failed")]
    public static partial void Crashed(ILogger log, Exception exception);

    /// <summary>Logs a change of the trusted peers.</summary>
    public static void PeersChanged(ILogger log, string path, TrustedPeersChange change)
    {
        foreach (TrustedPeer peer in change.Removed)
        {
            PeerDistrusted(log, peer.Name, peer.Fingerprint.ToString());
        }

        foreach (TrustedPeer peer in change.Added)
        {
            PeerTrusted(log, peer.Name, peer.Fingerprint.ToString());
        }

        foreach (string problem in change.Problems)
        {
            PeersProblem(log, path, problem);
        }
    }
}
