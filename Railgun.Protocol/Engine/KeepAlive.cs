namespace Railgun.Protocol.Engine;

/// <summary>
/// Decides from (time, what was heard) whether to ping and whether the lane is dead, and measures the round trip. No timer inside. Times are ticks of 100 ns of any steady clock.
/// </summary>
internal sealed class KeepAlive
{
    /// <summary>Silence after which a ping goes out.</summary>
    public static readonly TimeSpan DefaultPingAfter = TimeSpan.FromSeconds(5);

    /// <summary>Silence after which the lane is dead.</summary>
    public static readonly TimeSpan DefaultDeadAfter = TimeSpan.FromSeconds(10);

    /// <summary>On a lane that is never silent a ping rides along so often.</summary>
    public static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(15);

    /// <summary>The shortest round trip counts so long: lines change.</summary>
    public static readonly TimeSpan ShortestLasts = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly long _pingAfter;
    private readonly long _deadAfter;
    private long _heard;
    private long _pingSent;
    private long _shortestAt;
    private bool _pinging;

    /// <summary>Begins to watch.</summary>
    public KeepAlive(long now)
        : this(now, DefaultPingAfter, DefaultDeadAfter)
    {
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="now">The time.</param>
    /// <param name="pingAfter">Silence after which a ping goes out.</param>
    /// <param name="deadAfter">Silence after which the lane is dead.</param>
    public KeepAlive(long now, TimeSpan pingAfter, TimeSpan deadAfter)
    {
        _heard = _pingSent = now;
        (_pingAfter, _deadAfter) = (pingAfter.Ticks, deadAfter.Ticks);
    }

    /// <summary>The last round trip measured, or null.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>The shortest round trip of the last minutes, in ticks; 0 before the first. Others had queues in them.</summary>
    public long Shortest { get; private set; }

    /// <summary>Bytes came.</summary>
    public void Heard(long now) => _heard = now;

    /// <summary>A ping is going out now; the pong is expected to repeat the value returned.</summary>
    public ulong Ping(long now)
    {
        _pinging = true;
        _pingSent = now;
        return (ulong)now;
    }

    /// <summary>A pong came.</summary>
    public void Pong(ulong opaque, long now)
    {
        if (_pinging && opaque == (ulong)_pingSent)
        {
            _pinging = false;
            Measured(now - _pingSent, now);
        }
    }

    /// <summary>A round trip took so many ticks.</summary>
    public void Measured(long ticks, long now)
    {
        ticks = Math.Max(ticks, 0);
        RoundTrip = TimeSpan.FromTicks(ticks);
        if (Shortest == 0 || ticks <= Shortest || now - _shortestAt > ShortestLasts.Ticks)
        {
            (Shortest, _shortestAt) = (Math.Max(ticks, 1), now);
        }
    }

    /// <summary>Whether a ping should have been answered by now, and nothing was heard since: the lane may be dying.</summary>
    public bool IsDoubtful(long now) => _pinging && _heard <= _pingSent && now - _pingSent > Patience.Ticks + (4 * Shortest);

    /// <summary>What to do now.</summary>
    public KeepAliveStep Check(long now)
    {
        long silent = now - _heard;
        if (silent >= _deadAfter)
        {
            return KeepAliveStep.Dead;
        }

        if (silent >= _pingAfter)
        {
            return !_pinging || _pingSent < _heard ? KeepAliveStep.Ping : KeepAliveStep.Nothing;
        }

        return _heard > _pingSent && now - _pingSent >= MeasureEvery.Ticks ? KeepAliveStep.PingAlong : KeepAliveStep.Nothing;
    }
}
