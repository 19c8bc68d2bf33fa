namespace Railgun.Protocol.Engine;

/// <summary>
/// How long to wait before the next try to connect: none before the first, then up to 1 s for the first 30 s of an outage, then up to 10 s, each a random part of
/// that ("full jitter"), so that many senders do not come back in step. A lane that lived for a while starts a new outage. No timer inside; chance comes from a seed.
/// </summary>
internal sealed class ReconnectSchedule
{
    /// <summary>How long tries stay close together.</summary>
    public static readonly TimeSpan EagerFor = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait while eager.</summary>
    public static readonly TimeSpan EagerWait = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait later.</summary>
    public static readonly TimeSpan PatientWait = TimeSpan.FromSeconds(10);

    /// <summary>A lane that was open at least this long ends the outage.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    private readonly Random _random;
    private long? _outageSince;
    private int _tries;

    /// <summary>Makes a schedule whose chance is decided by <paramref name="seed"/>.</summary>
    public ReconnectSchedule(int seed) => _random = new Random(seed);

    /// <summary>The lane was open for <paramref name="lived"/>; zero if it never opened.</summary>
    public void Ended(TimeSpan lived)
    {
        if (lived >= Calm)
        {
            _outageSince = null;
            _tries = 0;
        }
    }

    /// <summary>How long to wait from <paramref name="now"/> (ticks of 100 ns of any steady clock) until the next try.</summary>
    public TimeSpan NextWait(long now)
    {
        _outageSince ??= now;
        if (_tries++ == 0)
        {
            return TimeSpan.Zero;
        }

        TimeSpan ceiling = now - _outageSince < EagerFor.Ticks ? EagerWait : PatientWait;

        // At least a tenth, so that a peer that refuses at once is not hammered.
        return ceiling * (0.1 + (0.9 * _random.NextDouble()));
    }
}
