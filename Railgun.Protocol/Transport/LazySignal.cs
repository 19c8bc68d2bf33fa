using System.Collections.Concurrent;

namespace Railgun.Protocol.Transport;

/// <summary>
/// An <see cref="AsyncSignal"/> that is made when somebody waits for the first time: most exchanges never wait for most of their signals. One waiter at a time; a signal given while nobody
/// waits is kept, once; a wait may also end without a signal. Not to be copied.
/// </summary>
internal struct LazySignal
{
    /// <summary>Stands for a signal that was given before anybody waited.</summary>
    private static readonly AsyncSignal Given = new();

    private const int MostFree = 1024;

    // Who waits looks again at what it waits for: a signal meant for somebody before costs one look.
    private static readonly ConcurrentQueue<AsyncSignal> Free = new();

    private AsyncSignal? _signal;

    /// <summary>Wakes the waiter, or the next one.</summary>
    public void Set()
    {
        AsyncSignal? signal = Interlocked.CompareExchange(ref _signal, Given, null);
        if (signal is not null && signal != Given)
        {
            signal.Set();
        }
    }

    /// <summary>Waits for <see cref="Set"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask WaitAsync(CancellationToken cancellation = default)
    {
        AsyncSignal? signal = Volatile.Read(ref _signal);
        if (signal is null)
        {
            AsyncSignal made = Free.TryDequeue(out AsyncSignal? free) ? free.Forget() : new AsyncSignal();
            signal = Interlocked.CompareExchange(ref _signal, made, null) ?? made;
        }

        if (signal != Given)
        {
            return signal.WaitAsync(cancellation);
        }

        // Nobody but the one waiter takes it back.
        Volatile.Write(ref _signal, null);
        return default;
    }

    /// <summary>Call once nobody waits any more or ever will: what was made may serve somebody else.</summary>
    public void Recycle()
    {
        AsyncSignal? made = Interlocked.Exchange(ref _signal, Given);
        if (made is not null && made != Given && Free.Count < MostFree)
        {
            Free.Enqueue(made);
        }
    }
}
