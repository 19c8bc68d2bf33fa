using System.Collections.Concurrent;

namespace Railgun.Sender.Coding;

/// <summary>Keeps coders for the next body: they hold working memory that is dear to make. Bounded; what is too many is disposed.</summary>
internal sealed class CoderPool<T>(Func<T> make, int capacity) : IDisposable
    where T : class, IDisposable
{
    private readonly ConcurrentQueue<T> _free = new();
    private int _count;
    private bool _disposed;

    /// <summary>One that nobody else uses.</summary>
    public T Rent()
    {
        if (_free.TryDequeue(out T? coder))
        {
            Interlocked.Decrement(ref _count);
            return coder;
        }

        return make();
    }

    /// <summary>Gives one back that will not be used any more by the caller.</summary>
    public void Return(T coder)
    {
        if (Volatile.Read(ref _disposed) || Interlocked.Increment(ref _count) > capacity)
        {
            Interlocked.Decrement(ref _count);
            coder.Dispose();
            return;
        }

        _free.Enqueue(coder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        while (_free.TryDequeue(out T? coder))
        {
            coder.Dispose();
        }
    }
}
