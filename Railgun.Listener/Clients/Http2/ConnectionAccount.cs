namespace Railgun.Listener.Clients.Http2;

/// <summary>
/// What one client's connection of HTTP/2 makes us do in vain, in points: requests that it took back before they were answered ("rapid reset"), and frames that serve no request.
/// Answers, what is given of them, and time give points back. Browsers take back a page's requests when their user goes on, some hundred at once at most; some gRPC clients (grpc-go, to
/// measure the line) ping behind every DATA frame, once in a round trip: within a data centre a thousand times a second. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ConnectionAccount(TimeProvider time)
{
    /// <summary>A connection that has more points is closed.</summary>
    public const int MostPoints = 1024;

    /// <summary>Points that come back in a second.</summary>
    public const int BackInASecond = 80;

    /// <summary>What a request costs that was taken back, and what one that was answered gives back.</summary>
    public const int Request = 4;

    /// <summary>What a frame costs that serves no request.</summary>
    public const int IdleFrame = 1;

    /// <summary>One point comes back for each piece of a body that is given, and one more for so many bytes of it: no fewer than the DATA frames that it makes.</summary>
    public const int BytesForAPoint = 8 * 1024;

    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private double _points;

    /// <summary>Something was done in vain. False if that is too much.</summary>
    public bool TryTake(int points)
    {
        lock (_lock)
        {
            Forgive(time.GetElapsedTime(_since).TotalSeconds * BackInASecond);
            _since = time.GetTimestamp();
            _points += points;
            return _points <= MostPoints;
        }
    }

    /// <summary>A request was answered.</summary>
    public void Answered() => GiveBack(Request);

    /// <summary>A piece of an answer's body was given.</summary>
    /// <param name="bytes">Its length.</param>
    public void Given(int bytes) => GiveBack(1 + (bytes / BytesForAPoint));

    private void GiveBack(int points)
    {
        lock (_lock)
        {
            Forgive(points);
        }
    }

    private void Forgive(double points) => _points = Math.Max(0, _points - points);
}
