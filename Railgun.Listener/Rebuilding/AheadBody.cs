using System.Buffers;
using System.Runtime.ExceptionServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// A body that is taken off the link whatever its client does, so that others that are coded against it need not wait for that client. What is proved is in the memory of the version that it
/// becomes; the client reads it there at its own pace. Bounded: one body by <see cref="Most"/>, all together by <see cref="MostTogether"/>. Step 8 of a request's life.
/// </summary>
/// <remarks>A task of its own takes the pieces; the client's reader is the only other party. Whoever is last gives the memory back.</remarks>
/// <param name="source">Takes and proves the pieces; the task's while it runs.</param>
/// <param name="target">Where they are.</param>
/// <param name="budget">What all such bodies may hold; <paramref name="most"/> is taken from it.</param>
/// <param name="most">The most bytes that this one may have.</param>
/// <param name="announced">Whether it is known to have so many.</param>
internal sealed class AheadBody(BodyRebuilder source, VersionBuilder target, ByteBudget budget, int most, bool announced) : IThreadPoolWorkItem
{
    /// <summary>The longest body that is taken so, in bytes: a sender codes nothing against longer ones.</summary>
    public const int Most = Retention.MaxPerStream;

    /// <summary>What all of them together may be, in bytes.</summary>
    public const long MostTogether = 64L << 20;

    /// <summary>What one of unknown length is given, in bytes: behind <see cref="Most"/> another segment may begin, and be the last.</summary>
    public const int MostUnannounced = Most + Piece;

    private const int Piece = Limits.MaxSegmentTarget;

    private readonly Lock _lock = new();
    private readonly AsyncSignal _came = new();
    private readonly long _begun = source.Proved;
    private Version? _version;
    private byte[]? _copy;
    private long _proved;
    private long _taken;
    private ExceptionDispatchInfo? _failure;
    private bool _over;
    private bool _left;

    /// <summary>What the client's last step brought; valid until the next one.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>Begins to take what comes.</summary>
    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <inheritdoc/>
    public void Execute() => _ = TakeAllAsync();

    /// <summary>Whether there is room for what may come behind <paramref name="proved"/> bytes.</summary>
    public bool HasRoom(long proved) => announced || proved + Piece <= most;

    /// <summary>Makes the version, while the client does not look at what becomes it.</summary>
    public Version? Keep(Func<Version?> keep)
    {
        lock (_lock)
        {
            Version? version = keep();
            _version = version is not null && version.TryAcquire() ? version : null;
            return version;
        }
    }

    /// <summary>Waits for the next piece, for the client; false where all that was taken ahead is given.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            lock (_lock)
            {
                int count = (int)Math.Min(_proved - _taken, Piece);
                if (count > 0)
                {
                    int from = (int)(_begun + _taken);
                    Current = _version is not null ? _version.Body.Slice(from, count) : Copy(from, count);
                    _taken += count;
                    return true;
                }

                if (_over)
                {
                    _failure?.Throw();
                    return false;
                }
            }

            await _came.WaitAsync(cancellation);
        }
    }

    /// <summary>The client takes no more. False if the task has still to end: it gives everything back then, the source's too.</summary>
    public bool TryLeave(Fault giveUp)
    {
        lock (_lock)
        {
            _left = true;
            if (_over)
            {
                return true;
            }
        }

        source.Abort(giveUp);
        return false;
    }

    /// <summary>Gives the memory back; the task has ended and the client takes no more.</summary>
    public void Release()
    {
        Current = default;
        _version?.Release();
        if (_copy is not null)
        {
            ArrayPool<byte>.Shared.Return(_copy);
            _copy = null;
        }

        source.EndRunningAhead(target);
        budget.Return(most);
    }

    // The memory of the version may move when that is made, and the client reads outside the lock.
    private ReadOnlyMemory<byte> Copy(int from, int count)
    {
        _copy ??= ArrayPool<byte>.Shared.Rent(Piece);
        target.Written.Slice(from, count).CopyTo(_copy);
        return _copy.AsMemory(0, count);
    }

    private async Task TakeAllAsync()
    {
        try
        {
            while (await source.NextAsync(default))
            {
                Publish(over: false);
            }

            if (!source.Ended)
            {
                // The rest is the client's to take.
                source.NotStored();
            }
        }
        catch (BrokenBodyException)
        {
            // The client's reader meets it behind what was proved.
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }

        if (Publish(over: true))
        {
            Release();
            source.Dispose();
        }
    }

    // True if the client has left.
    private bool Publish(bool over)
    {
        lock (_lock)
        {
            _proved = source.Proved - _begun;
            _over = over;
            if (_left)
            {
                return true;
            }
        }

        _came.Set();
        return false;
    }
}
