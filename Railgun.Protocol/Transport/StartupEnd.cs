namespace Railgun.Protocol.Transport;

/// <summary>
/// Brings BBR to the end of its first phase, STARTUP, in which it sends 2.9 times as fast as it has measured. It leaves that phase by itself once three round trips in which the line, and not the
/// sender, was the limit have brought no more. But what a stream may hold of its lane's window, and what the kernel takes of one connection, is less than that pace fills, so the sender always seems to be the limit: BBR then stays
/// there for good, and all that the window lets it send stands in a queue on the line, or is lost where that is short. So where the line shows that it is full, the pace is held a little under what it takes: then
/// something to send is always left, and BBR sees what is true.
/// </summary>
/// <remarks>Cardwell et al., "BBR: Congestion-Based Congestion Control", ACM Queue 14 (2016); Linux, <c>net/ipv4/tcp_bbr.c</c> and <c>tcp_rate.c</c> (samples for which the application was the limit).</remarks>
internal sealed class StartupEnd
{
    /// <summary>How fast is sent while the pace is held, as a part of what the line takes: the queue that stands there gets shorter, and so the window has room for something more to send.</summary>
    public const double Held = 0.85;

    /// <summary>
    /// The pace is held until so many round trips in a row had the line as their limit: BBR asks for three, and one is for what it does then, which is to let the queue run dry.
    /// </summary>
    public const int HeldRoundTrips = 4;

    /// <summary>… and for at most so many round trips in all.</summary>
    public const int MostHeldRoundTrips = 10;

    /// <summary>So many round trips with a full line and without a better rate, and the pace is held.</summary>
    public const int FullRoundTrips = 3;

    /// <summary>On a shorter line nothing is held: what queues there is no more than what the processor makes wait.</summary>
    public static readonly TimeSpan LeastRoundTrip = TimeSpan.FromMilliseconds(2);

    private const int MostFullRoundTrips = 48;

    // The pace of STARTUP, as a multiple of the rate that BBR knows: 2.885, less the hundredth by which it stays below.
    private const double StartupGain = 2.86;

    // What BBR calls a better rate. How much longer than the shortest a round trip is where a queue stands. What part of the rate that BBR knows was sent where the line was full; and what part of the pace that
    // cannot be, in STARTUP.
    private const double Better = 1.25;
    private const double Queued = 1.2;
    private const double Fills = 0.75;
    private const double Startup = 0.5;

    private long _roundTrip;
    private long _since;
    private long _sentThen;
    private long _lineSince;
    private TimeSpan _longest;
    private double _rate;
    private int _patience = FullRoundTrips;
    private bool _holds;

    /// <summary>How fast the connection may send from now on, in bytes a second; 0 for as fast as its congestion control says.</summary>
    /// <param name="rates">What the kernel tells now; <c>default</c> while the lane has little to say.</param>
    /// <param name="sent">Bytes written to the connection so far.</param>
    /// <param name="now">The time, ticks.</param>
    public long Limit(in TcpRates rates, long sent, long now)
    {
        bool told = rates.RoundTrip > LeastRoundTrip;
        if (told)
        {
            _roundTrip = Math.Max(rates.LastRoundTrip.Ticks, rates.RoundTrip.Ticks);
        }

        if (_holds)
        {
            Hold(rates.ByLine || !told, now);
        }
        else if (told)
        {
            Watch(rates, sent, now);
        }

        return _holds ? (long)(_rate * Held) : 0;
    }

    private void Watch(in TcpRates rates, long sent, long now)
    {
        double rate = rates.Pacing / StartupGain;
        long elapsed = now - _since;
        _longest = rates.LastRoundTrip > _longest ? rates.LastRoundTrip : _longest;
        if (rate < _rate * Better && elapsed < _roundTrip * _patience)
        {
            return;
        }

        double flows = (double)(sent - _sentThen) * TimeSpan.TicksPerSecond / elapsed;
        _holds = rate < _rate * Better && flows > rate * Fills && flows < rates.Pacing * Startup && _longest > rates.RoundTrip * Queued;
        (_since, _lineSince, _sentThen, _rate, _longest) = (now, now, sent, rate, TimeSpan.Zero);
    }

    // Each time is later than the one before: where the end of STARTUP was reached there is none, and elsewhere holding the pace costs a part of it.
    private void Hold(bool byLine, long now)
    {
        _lineSince = byLine ? _lineSince : now;
        if (now - _lineSince >= _roundTrip * HeldRoundTrips || now - _since >= _roundTrip * MostHeldRoundTrips)
        {
            _holds = false;
            _patience = Math.Min(_patience * 2, MostFullRoundTrips);
            (_since, _rate) = (now, 0);
        }
    }
}
