namespace Railgun.Protocol.Transport;

/// <summary>
/// Brings BBR to the end of its first phase, STARTUP, in which it sends 2.9 times as fast as it has measured. It leaves that phase by itself once three round trips in which the line, and not the
/// sender, was the limit have brought no more. But what a stream may hold of its lane's window, and what the kernel takes of one connection, is less than that pace fills, so the sender always seems to be the limit: BBR then stays
/// there for good, and all that the window lets it send stands in a queue on the line, or is lost where that is short. So where more waits than may be sent, a queue stands on the line and the rate does not grow, the pace is held
/// a little under what the line takes: then something to send is always left, and BBR sees what is true.
/// </summary>
/// <remarks>Cardwell et al., "BBR: Congestion-Based Congestion Control", ACM Queue 14 (2016); Linux, <c>net/ipv4/tcp_bbr.c</c> and <c>tcp_rate.c</c> (samples for which the application was the limit).</remarks>
internal sealed class StartupEnd
{
    /// <summary>How fast is sent while the pace is held, as a part of what the line takes: the queue that stands there gets shorter, and so the window has room for something more to send.</summary>
    public const double Held = 0.85;

    /// <summary>The pace is held until BBR leaves STARTUP, for at most so many round trips.</summary>
    public const int MostHeldRoundTrips = 10;

    /// <summary>So many round trips with a full line and without a better rate, and the pace is held; twice as many each time that this was in vain.</summary>
    public const int FullRoundTrips = 3;

    /// <summary>A round trip is longer than the shortest by a fifth, and by so much, where a queue stands: less may be the processors' doing.</summary>
    public static readonly TimeSpan LeastQueue = TimeSpan.FromMilliseconds(4);

    private const int MostFullRoundTrips = 48;

    // What BBR calls a better rate; what part of the rate it knows was sent where the line was full; at what part of all looks more waited there.
    private const double Better = 1.25;
    private const double Queued = 1.2;
    private const double Fills = 0.75;
    private const double Waits = 0.75;

    private long _since;
    private long _sentThen;
    private long _roundTrips;
    private int _looks;
    private int _waiting;
    private double _rate;
    private int _patience = FullRoundTrips;

    /// <summary>Whether the pace is held: look again soon.</summary>
    public bool Holds { get; private set; }

    /// <summary>How fast the connection may send from now on, in bytes a second; 0 for as fast as its congestion control says.</summary>
    /// <param name="bbr">What BBR tells now.</param>
    /// <param name="rates">What the kernel tells now.</param>
    /// <param name="waits">Whether more waits than the lane may write.</param>
    /// <param name="sent">Bytes written to the connection so far.</param>
    /// <param name="now">The time, ticks.</param>
    public long Limit(in BbrState bbr, in TcpRates rates, bool waits, long sent, long now)
    {
        if (!bbr.IsStarting)
        {
            Holds = false;
            return 0;
        }

        long roundTrip = Math.Max(rates.LastRoundTrip.Ticks, rates.RoundTrip.Ticks);
        if (Holds && now - _since >= roundTrip * MostHeldRoundTrips)
        {
            Holds = false;
            _patience = Math.Min(_patience * 2, MostFullRoundTrips);
            Begin(bbr.Rate, sent, now);
        }
        else if (!Holds)
        {
            Watch(bbr.Rate, rates, roundTrip, waits, sent, now);
        }

        return Holds ? (long)(_rate * Held) : 0;
    }

    private void Watch(long rate, in TcpRates rates, long roundTrip, bool waits, long sent, long now)
    {
        long elapsed = now - _since;
        _looks++;
        _waiting += waits ? 1 : 0;
        _roundTrips += roundTrip;
        if (rate > _rate * Better)
        {
            Begin(rate, sent, now);
        }
        else if (elapsed >= roundTrip * _patience)
        {
            double flows = (double)(sent - _sentThen) * TimeSpan.TicksPerSecond / elapsed;
            long shortest = rates.RoundTrip.Ticks;
            double usual = (double)_roundTrips / _looks;
            bool queued = usual > shortest * Queued && usual - shortest > LeastQueue.Ticks;
            Holds = queued && flows > rate * Fills && _waiting > _looks * Waits;
            Begin(Holds ? Math.Min(rate, flows) : rate, sent, now);
        }
    }

    private void Begin(double rate, long sent, long now)
    {
        (_since, _sentThen, _rate) = (now, sent, rate);
        (_looks, _waiting, _roundTrips) = (0, 0, 0);
    }
}
