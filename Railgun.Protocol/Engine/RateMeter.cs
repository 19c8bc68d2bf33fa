namespace Railgun.Protocol.Engine;

/// <summary>
/// How fast the line takes what a lane writes: the best of the last ten seconds or so. Only what was written while more waited counts, for a lane that has little to say shows
/// nothing of its line; and of that not the first round trip, which fills the connection's own queue. Times are ticks of any steady clock.
/// </summary>
internal sealed class RateMeter
{
    /// <summary>How long a best value stands when no other comes, in ticks.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    /// <summary>A measurement takes at least so long, and as long as a round trip.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10);

    private long _best;
    private long _bestAt;
    private long _since;
    private long _bytes;
    private bool _busy;
    private bool _measuring;

    /// <summary>The rate, in bytes a second; null before the first measurement.</summary>
    public long? BytesPerSecond => _best == 0 ? null : _best;

    /// <summary>Something was written.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="moreWaited">Whether more waited behind it.</param>
    /// <param name="roundTrip">The lane's round trip, ticks; 0 if it is not known.</param>
    /// <param name="now">When the connection had taken it.</param>
    public void Wrote(int bytes, bool moreWaited, long roundTrip, long now)
    {
        if (!_busy)
        {
            Begin(now, measuring: false);
        }

        _busy = moreWaited;
        _bytes += bytes;
        long elapsed = now - _since;
        if (elapsed < Math.Max(Least.Ticks, roundTrip))
        {
            return;
        }

        if (_measuring)
        {
            Measured((long)((double)_bytes * TimeSpan.TicksPerSecond / elapsed), now);
        }

        Begin(now, measuring: true);
    }

    /// <summary>Somebody else, such as the kernel, has measured it.</summary>
    public void Measured(long bytesPerSecond, long now)
    {
        if (bytesPerSecond >= _best || now - _bestAt > Remembered.Ticks)
        {
            (_best, _bestAt) = (Math.Max(bytesPerSecond, 1), now);
        }
    }

    private void Begin(long now, bool measuring)
    {
        _measuring = measuring;
        _since = now;
        _bytes = 0;
    }
}
