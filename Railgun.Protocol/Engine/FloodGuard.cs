namespace Railgun.Protocol.Engine;

/// <summary>
/// Bounds what a peer can make this side do for nothing: each frame that serves no exchange takes a point, time and finished work give points back. A peer that takes more
/// than there are loses the lane. What a well-meaning peer does now and then (pings, cancelled streams, frames that crossed a reset) costs it nothing in the long run.
/// </summary>
internal sealed class FloodGuard
{
    /// <summary>The most points, and how many there are at first.</summary>
    public const int Most = 20_000;

    /// <summary>Points that come back in a second.</summary>
    public const int PerSecond = 2_000;

    /// <summary>Points that come back with an exchange that was answered to its end.</summary>
    public const int PerAnswer = 8;

    /// <summary>What a stream takes that the peer opens and resets before it was answered.</summary>
    public const int PerReset = 4;

    private long _at;

    /// <summary>Begins with all points.</summary>
    public FloodGuard(long now) => _at = now;

    /// <summary>How many are left.</summary>
    public int Points { get; private set; } = Most;

    /// <summary>Takes points; false if there are not so many.</summary>
    public bool TryTake(int points, long now)
    {
        long back = (now - _at) / (TimeSpan.TicksPerSecond / PerSecond);
        if (back > 0)
        {
            _at = now;
            Points = (int)Math.Min(Most, Points + back);
        }

        Points -= points;
        return Points >= 0;
    }

    /// <summary>An exchange was answered to its end.</summary>
    public void Answered() => Points = Math.Min(Most, Points + PerAnswer);
}
