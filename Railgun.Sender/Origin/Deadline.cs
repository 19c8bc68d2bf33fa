namespace Railgun.Sender.Origin;

/// <summary>
/// The one clock of a question to the origin: cancels its token when the phase that runs takes too long, or when the question is abandoned.
/// Thread-safe: request body and response are moved by different threads.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _abandoned;
    private readonly CancellationTokenRegistration _registration;
    private bool _headCame;
    private bool _disposed;

    /// <summary>Makes a clock that stands still.</summary>
    public Deadline(TimeProvider time, CancellationToken abandoned)
    {
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _abandoned = abandoned;
        _registration = abandoned.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        Token = _source.Token;
    }

    /// <summary>Cancelled when time is up or the question abandoned.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether it was the clock that ended it.</summary>
    public bool TimedOut => _source.IsCancellationRequested && !_abandoned.IsCancellationRequested;

    /// <summary>Whether, when it ended, the origin was to take bytes of the request rather than to answer.</summary>
    public bool WasTaking { get; private set; }

    /// <summary>Lets the wait for the head run, from now; without effect once the head came.</summary>
    public void AwaitHead(TimeSpan allowed) => Set(allowed, whileHeadIsAwaited: true);

    /// <summary>Lets the wait run, from now, in which the origin is to take bytes of the request's body; without effect once the head came.</summary>
    public void AwaitTaking(TimeSpan allowed) => Set(allowed, whileHeadIsAwaited: true, taking: true);

    /// <summary>The client's turn: the origin waits for the request's body, so its clock stands.</summary>
    public void AwaitClient() => Set(Timeout.InfiniteTimeSpan, whileHeadIsAwaited: true);

    /// <summary>The head came: the clock stands, and what still becomes of the request does not move it.</summary>
    public void HeadCame()
    {
        lock (_lock)
        {
            _headCame = true;
        }

        Set(Timeout.InfiniteTimeSpan, whileHeadIsAwaited: false);
    }

    /// <summary>Lets the wait for body bytes run, from now.</summary>
    public void AwaitBody(TimeSpan allowed) => Set(allowed, whileHeadIsAwaited: false);

    /// <summary>Body bytes came: the clock stands.</summary>
    public void BodyCame() => Set(Timeout.InfiniteTimeSpan, whileHeadIsAwaited: false);

    /// <summary>Ends what still runs.</summary>
    public void Abort()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }
        }

        _source.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _registration.Dispose();
        _source.Dispose();
    }

    private void Set(TimeSpan allowed, bool whileHeadIsAwaited, bool taking = false)
    {
        lock (_lock)
        {
            if (!_disposed && !_source.IsCancellationRequested && !(whileHeadIsAwaited && _headCame))
            {
                WasTaking = taking;
                _source.CancelAfter(allowed);
            }
        }
    }
}
