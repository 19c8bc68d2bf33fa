namespace Railgun.Protocol.Engine;

/// <summary>
/// Decides from (time, what was heard) whether to ping and whether the lane is dead. No timer inside. Times are ticks of 100 ns of any steady clock.
/// </summary>
internal sealed class KeepAlive
{
    /// <summary>Silence after which a ping goes out; default 5 s.</summary>
    public static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(5);

    /// <summary>Silence after which the lane is dead; default 10 s.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(10);

    private long _heard;
    private long _pingSent;
    private bool _pinging;

    /// <summary>Begins to watch.</summary>
    public KeepAlive(long now) => _heard = now;

    /// <summary>The last round trip measured, or null.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>When <see cref="Check"/> should be asked next.</summary>
    public long NextCheck => _heard + (_pinging ? DeadAfter : PingAfter).Ticks;

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
            RoundTrip = TimeSpan.FromTicks(Math.Max(now - _pingSent, 0));
        }
    }

    /// <summary>What to do now.</summary>
    public KeepAliveStep Check(long now)
    {
        long silent = now - _heard;
        if (silent >= DeadAfter.Ticks)
        {
            return KeepAliveStep.Dead;
        }

        return silent >= PingAfter.Ticks && (!_pinging || _pingSent < _heard) ? KeepAliveStep.Ping : KeepAliveStep.Nothing;
    }
}
