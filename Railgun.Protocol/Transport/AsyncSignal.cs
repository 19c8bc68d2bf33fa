using System.Threading.Tasks.Sources;

namespace Railgun.Protocol.Transport;

/// <summary>
/// Wakes one waiter. A signal given while nobody waits is kept (once) for the next wait. Allocates nothing per wait. Continuations run on the thread pool, never on the
/// thread that signals, which may be a lane's reader; and behind the work that waits there already, so that a writer finds all that belongs into one record.
/// </summary>
internal sealed class AsyncSignal : IValueTaskSource, IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Kept = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancelled;
    private int _state;

    /// <summary>Wakes the waiter, or the next one.</summary>
    public void Set()
    {
        while (Interlocked.CompareExchange(ref _state, Kept, Idle) == Waiting)
        {
            if (TryWake())
            {
                return;
            }

            // It was cancelled meanwhile: the signal is for the next wait.
        }
    }

    /// <summary>Drops a signal that was kept, for a new owner.</summary>
    public AsyncSignal Forget()
    {
        Volatile.Write(ref _state, Idle);
        return this;
    }

    /// <inheritdoc/>
    public void Execute()
    {
        if (_cancelled.IsCancellationRequested)
        {
            _core.SetException(new OperationCanceledException(_cancelled));
        }
        else
        {
            _core.SetResult(true);
        }
    }

    /// <summary>Waits for <see cref="Set"/>. One waiter at a time.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask WaitAsync(CancellationToken cancellation = default)
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Kept) == Kept)
        {
            return default;
        }

        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Kept)
        {
            Volatile.Write(ref _state, Idle);
            return default;
        }

        if (cancellation.CanBeCanceled)
        {
            _registration = cancellation.UnsafeRegister(static (state, token) => ((AsyncSignal)state!).Cancel(token), this);
        }

        return new ValueTask(this, _core.Version);
    }

    void IValueTaskSource.GetResult(short token)
    {
        _registration.Dispose();
        _registration = default;
        _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token) => TryWake(token);

    // Only one thread takes the waiter out of waiting.
    private bool TryWake(CancellationToken cancelled = default)
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Waiting) != Waiting)
        {
            return false;
        }

        _cancelled = cancelled;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }
}
