using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Railgun.Listener.Clients.Http2;

/// <summary>A connection's input, each byte of which a <see cref="FrameWatch"/> sees once on its way to Kestrel. Nothing is copied.</summary>
/// <param name="inner">The input.</param>
/// <param name="watch">Sees the bytes.</param>
/// <param name="refuse">Called when it has seen too much; what comes then does not matter.</param>
internal sealed class WatchedInput(PipeReader inner, FrameWatch watch, Action refuse) : PipeReader
{
    private ReadOnlySequence<byte> _last;
    private long _seen;

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ValueTask<ReadResult> read = inner.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? ValueTask.FromResult(Look(read.Result)) : LookAsync(read);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        bool read = inner.TryRead(out result);
        if (read)
        {
            Look(result);
        }

        return read;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _seen -= _last.Slice(_last.Start, consumed).Length;
        _last = default;
        inner.AdvanceTo(consumed, examined);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> LookAsync(ValueTask<ReadResult> read) => Look(await read);

    private ReadResult Look(in ReadResult read)
    {
        _last = read.Buffer;
        if (!watch.TryTake(_last.Slice(_seen)))
        {
            refuse();
        }

        _seen = _last.Length;
        return read;
    }
}
