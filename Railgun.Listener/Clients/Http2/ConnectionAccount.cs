namespace Railgun.Listener.Clients.Http2;

/// <summary>
/// What one client's connection of HTTP/2 makes us do in vain, in points: requests that it took back before they were answered ("rapid reset"), heads that get no answer (those beyond the streams it
/// may have), and frames that serve no request. Answers, what is given of them, and time give points back. Browsers take back a page's requests when their user goes on, some hundred at once at most;
/// some gRPC clients (grpc-go, to measure the line) ping behind every DATA frame, once in a round trip: within a data centre a thousand times a second. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ConnectionAccount(TimeProvider time)
{
    /// <summary>A connection that has more points is closed.</summary>
    public const int MostPoints = 1024;

    /// <summary>Points that come back in a second.</summary>
    public const int BackInASecond = 80;

    /// <summary>What a frame costs: one that serves no request, and a head until its request is answered.</summary>
    public const int Frame = 1;

    /// <summary>What a request costs that was taken back before its answer, beside its head and the frame that takes it back.</summary>
    public const int TakenBack = 2;

    /// <summary>What a request that was answered gives back.</summary>
    public const int Answer = 4;

    /// <summary>One point comes back for each piece of a body that is given, and one more for so many bytes of it: no fewer than the DATA frames that it makes.</summary>
    public const int BytesForAPoint = 8 * 1024;

    /// <summary>WINDOW_UPDATE frames that are free for each piece of a body, for its stream and for the connection.</summary>
    public const int UpdatesForAPiece = 2;

    /// <summary>One more is free for so many bytes: Go's client, the busiest known, sends both for each 4 KB that it has read.</summary>
    public const int BytesForAnUpdate = 2 * 1024;

    /// <summary>The most WINDOW_UPDATE frames that are free at one time: those of 32 MB that are on their way.</summary>
    public const int MostUpdates = 16 * 1024;

    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private double _points;
    private int _updates;

    /// <summary>The points that it has, as of the last one that was taken or given back.</summary>
    public double Points
    {
        get
        {
            lock (_lock)
            {
                return _points;
            }
        }
    }

    /// <summary>Something was done in vain. False if that is too much.</summary>
    public bool TryTake(int points)
    {
        lock (_lock)
        {
            return Take(points);
        }
    }

    /// <summary>The client made room for more of what it is given: free as long as there was something to make room for.</summary>
    public bool TryTakeUpdate()
    {
        lock (_lock)
        {
            if (_updates == 0)
            {
                return Take(Frame);
            }

            _updates--;
            return true;
        }
    }

    /// <summary>A request was answered.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            Forgive(Answer);
        }
    }

    /// <summary>A piece of an answer's body was given.</summary>
    /// <param name="bytes">Its length.</param>
    public void Given(int bytes)
    {
        lock (_lock)
        {
            Forgive(1 + (bytes / BytesForAPoint));
            _updates = Math.Min(MostUpdates, _updates + UpdatesForAPiece + (bytes / BytesForAnUpdate));
        }
    }

    private bool Take(int points)
    {
        Forgive(time.GetElapsedTime(_since).TotalSeconds * BackInASecond);
        _since = time.GetTimestamp();
        _points += points;
        return _points <= MostPoints;
    }

    private void Forgive(double points) => _points = Math.Max(0, _points - points);
}
