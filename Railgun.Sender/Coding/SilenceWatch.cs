using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Coding;

/// <summary>
/// Waits for a read or for a moment of silence, whichever is first, without losing the read and without allocating. One waiter at a time.
/// </summary>
internal sealed class SilenceWatch : IValueTaskSource<bool>, IDisposable
{
    private const int Unwatched = 0;
    private const int Waiting = 1;
    private const int Came = 2;

    private readonly ITimer _timer;
    private readonly Action _onCame;
    private ManualResetValueTaskSourceCore<bool> _core;
    private ConfiguredValueTaskAwaitable<OriginEvent>.ConfiguredValueTaskAwaiter _read;
    private int _state;

    /// <summary>Makes a watch without a read.</summary>
    public SilenceWatch(TimeProvider time)
    {
        _onCame = OnCame;
        _timer = time.CreateTimer(static watch => ((SilenceWatch)watch!).OnSilence(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the read has come.</summary>
    public bool HasCome => Volatile.Read(ref _state) == Came;

    /// <summary>Begins to watch a read; its result is to be taken with <see cref="Take"/>.</summary>
    public void Watch(in ValueTask<OriginEvent> read)
    {
        _state = Unwatched;
        _read = read.ConfigureAwait(false).GetAwaiter();
        _read.UnsafeOnCompleted(_onCame);
    }

    /// <summary>
    /// Waits until the read has come (true) or it was silent for so long (false). May be asked again after a silence. The timer of the wait before may fire late and
    /// end this one early, also one without a limit.
    /// </summary>
    public ValueTask<bool> CameAsync(TimeSpan silence)
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Unwatched) == Came)
        {
            return ValueTask.FromResult(true);
        }

        if (silence != Timeout.InfiniteTimeSpan)
        {
            _timer.Change(silence, Timeout.InfiniteTimeSpan);
        }

        return new ValueTask<bool>(this, _core.Version);
    }

    /// <summary>The result of the read that has come; once.</summary>
    public OriginEvent Take() => _read.GetResult();

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <inheritdoc/>
    bool IValueTaskSource<bool>.GetResult(short token)
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return _core.GetResult(token);
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void OnCame()
    {
        if (Interlocked.Exchange(ref _state, Came) == Waiting)
        {
            _core.SetResult(true);
        }
    }

    private void OnSilence()
    {
        if (Interlocked.CompareExchange(ref _state, Unwatched, Waiting) == Waiting)
        {
            _core.SetResult(false);
        }
    }
}
