namespace Railgun.Listener.Clients;

/// <summary>
/// What one client's connection has made us do in vain: requests of HTTP/2 that it took back before they were answered ("rapid reset"). Each costs a point; an answer gives one
/// back, and so does time. Browsers take back a page's requests when their user goes on, some hundred at once at most. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ConnectionAccount(TimeProvider time)
{
    /// <summary>A connection that has so many points is closed.</summary>
    public const int MostPoints = 256;

    /// <summary>Points that come back in a second.</summary>
    public const int BackInASecond = 20;

    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private double _points;

    /// <summary>A request was taken back.</summary>
    /// <returns>Whether the connection has taken back too many.</returns>
    public bool TakenBack()
    {
        lock (_lock)
        {
            Forgive(time.GetElapsedTime(_since).TotalSeconds * BackInASecond);
            _since = time.GetTimestamp();
            _points++;
            return _points > MostPoints;
        }
    }

    /// <summary>A request was answered.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            Forgive(1);
        }
    }

    private void Forgive(double points) => _points = Math.Max(0, _points - points);
}
