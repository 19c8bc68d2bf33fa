namespace Railgun.Hosting.Links;

/// <summary>What is remembered of the link with one peer. Thread-safe.</summary>
internal sealed class PeerState
{
    private readonly Lock _lock = new();

    // By remote end: all lanes that this side dialled to one place have the same.
    private readonly Dictionary<string, (bool Dialled, int Lanes)> _remotes = new(StringComparer.Ordinal);
    private int _lanes;
    private int _failed;

    /// <summary>Since when it is up or down; null if it was never up.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Whether this side dialled the lane with that remote end.</summary>
    public bool Dialled(string remote)
    {
        lock (_lock)
        {
            return _remotes.GetValueOrDefault(remote).Dialled;
        }
    }

    /// <summary>A lane is up. Returns how many requests found none before.</summary>
    public int Up(string remote, bool dialled, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_lanes++ == 0)
            {
                Since = now;
            }

            _remotes[remote] = (dialled, _remotes.GetValueOrDefault(remote).Lanes + 1);
            int failed = _failed;
            _failed = 0;
            return failed;
        }
    }

    /// <summary>A lane is down. Returns how many are left.</summary>
    public int Down(string remote, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_remotes.TryGetValue(remote, out (bool Dialled, int Lanes) known))
            {
                return _lanes;
            }

            if (known.Lanes == 1)
            {
                _remotes.Remove(remote);
            }
            else
            {
                _remotes[remote] = (known.Dialled, known.Lanes - 1);
            }

            if (--_lanes == 0)
            {
                Since = now;
            }

            return _lanes;
        }
    }

    /// <summary>A request found no lane. Returns how many have, since the last one was up.</summary>
    public int Fail()
    {
        lock (_lock)
        {
            return ++_failed;
        }
    }
}
