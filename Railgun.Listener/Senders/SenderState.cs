namespace Railgun.Listener.Senders;

/// <summary>What is remembered of one sender. Thread-safe.</summary>
internal sealed class SenderState
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, bool> _lanes = new(StringComparer.Ordinal);
    private int _failed;

    /// <summary>Since when it is up or down; null if it was never up.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Whether this side dialled the lane.</summary>
    public bool Dialled(string remote)
    {
        lock (_lock)
        {
            return _lanes.GetValueOrDefault(remote);
        }
    }

    /// <summary>A lane is up. Returns how many requests found none before.</summary>
    public int Up(string remote, bool dialled, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_lanes.Count == 0)
            {
                Since = now;
            }

            _lanes[remote] = dialled;
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
            if (_lanes.Remove(remote) && _lanes.Count == 0)
            {
                Since = now;
            }

            return _lanes.Count;
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
