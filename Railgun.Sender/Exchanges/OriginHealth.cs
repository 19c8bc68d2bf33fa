using Railgun.Sender.Origin;

namespace Railgun.Sender.Exchanges;

/// <summary>Tells the operator how the origin does: one warning an outage, and at most one a minute for other failures. Thread-safe.</summary>
internal sealed partial class OriginHealth(ILogger<OriginHealth> log, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _failedSince;
    private long _failures;
    private long _warnedAt;
    private long _untold;

    /// <summary>The origin gave no answer, or no whole one.</summary>
    public void Failed(OriginFailure failure)
    {
        if (failure.Kind is OriginFailureKind.Abandoned or OriginFailureKind.Unsendable)
        {
            return;
        }

        lock (_lock)
        {
            if (failure.IsOutage)
            {
                BeginOutage(failure);
            }
            else
            {
                Warn(failure);
            }
        }
    }

    /// <summary>The origin answered.</summary>
    public void Answered()
    {
        if (Volatile.Read(ref _failures) == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (_failures > 0)
            {
                LogUp(log, _failures, (long)time.GetElapsedTime(_failedSince).TotalSeconds);
                _failures = 0;
            }
        }
    }

    private void BeginOutage(OriginFailure failure)
    {
        if (_failures++ == 0)
        {
            _failedSince = time.GetTimestamp();
            LogDown(log, failure.Reason);
        }
    }

    private void Warn(OriginFailure failure)
    {
        if (_warnedAt != 0 && time.GetElapsedTime(_warnedAt) < Quiet)
        {
            _untold++;
            return;
        }

        LogFailed(log, failure.Reason, _untold);
        _warnedAt = Math.Max(1, time.GetTimestamp());
        _untold = 0;
    }

    [LoggerMessage(200, LogLevel.Warning, "The origin is down: {Reason}")]
    private static partial void LogDown(ILogger log, string reason);

    [LoggerMessage(201, LogLevel.Information, "The origin answers again, after {Failures} failed exchanges in {Seconds} s")]
    private static partial void LogUp(ILogger log, long failures, long seconds);

    [LoggerMessage(202, LogLevel.Warning, "The origin failed: {Reason} ({Untold} more like this were not logged)")]
    private static partial void LogFailed(ILogger log, string reason, long untold);
}
