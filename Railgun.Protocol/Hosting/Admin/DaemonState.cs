using Railgun.Hosting.Logging;
using Railgun.Protocol.Identity;

namespace Railgun.Hosting.Admin;

/// <summary>What the admin endpoint tells of the whole process: the host's own part and the daemon's, once there is one.</summary>
internal sealed class DaemonState(string program, string version, Fingerprint fingerprint, AccessLog access, RecentProblems problems, TimeProvider time)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();
    private readonly long _startedAt = time.GetTimestamp();
    private volatile IStatusSource? _daemon;
    private volatile bool _draining;

    /// <summary>Whether requests can be answered now.</summary>
    public Readiness Readiness
    {
        get
        {
            IStatusSource? daemon = _daemon;
            return Readiness.Decide(daemon is not null, _draining, daemon?.HasLiveLane ?? false, daemon?.HasFallback ?? false);
        }
    }

    /// <summary>The daemon's own part; empty before the start.</summary>
    public DaemonStatus Daemon => _daemon?.GetStatus() ?? new DaemonStatus([], []);

    /// <summary>The daemon has started.</summary>
    public void Started(IStatusSource daemon) => _daemon = daemon;

    /// <summary>The daemon is stopping: no longer ready, still alive.</summary>
    public void Draining() => _draining = true;

    /// <summary>What <c>/status</c> says now.</summary>
    public StatusReport Report()
    {
        Readiness readiness = Readiness;
        DaemonStatus daemon = Daemon;
        ExchangeTotals totals = access.Totals;
        return new StatusReport(
            program,
            version,
            fingerprint.ToString(),
            _started,
            Math.Round(time.GetElapsedTime(_startedAt).TotalSeconds, 1),
            readiness.Ready,
            readiness.Reason,
            daemon.Peers,
            daemon.Stores,
            new ExchangeStatus(
                totals.Active, totals.Ended, totals.Failed, totals.WithBase, Math.Round(totals.HitRate, 4), totals.BodyBytes, totals.LinkUp, totals.LinkDown),
            problems.Last());
    }
}
