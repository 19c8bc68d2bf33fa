using System.Runtime.CompilerServices;
using Railgun.Listener.Rebuilding;

namespace Railgun.Listener.Clients.Compression;

/// <summary>
/// A body compressed for a client, at the client's pull: it takes from the source only to fill a read, and flushes whenever the source pauses, so that
/// nothing waits in the compressor for what may never come (design: decision 8). Step 9 of a request's life.
/// </summary>
/// <param name="source">The body as it is.</param>
/// <param name="compressor">Owned by this stream.</param>
internal sealed class CompressedStream(IBodySource source, IBodyCompressor compressor) : PullStream
{
    /// <summary>What is put out before more is taken in.</summary>
    private const int Enough = 16 * 1024;

    private readonly PooledOutput _output = new();
    private Task<bool>? _awaited;
    private bool _unflushed;
    private bool _finished;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<int> PullAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        while (!_finished && _output.Available < Enough)
        {
            ValueTask<bool> next = _awaited is null ? source.AdvanceAsync(cancellation) : new ValueTask<bool>(_awaited);
            if (!next.IsCompleted && PutOut())
            {
                _awaited = next.AsTask();
                break;
            }

            _awaited = null;
            Take(await next);
        }

        return _output.Take(destination.Span);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            compressor.Dispose();
            _output.Release();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Before waiting: whether there is something to give to the client meanwhile.</summary>
    private bool PutOut()
    {
        if (_unflushed)
        {
            compressor.Flush(_output);
            _unflushed = false;
        }

        return _output.Available > 0;
    }

    private void Take(bool more)
    {
        if (more)
        {
            compressor.Write(source.Current.Span, _output);
            _unflushed = true;
        }
        else
        {
            compressor.Finish(_output);
            _finished = true;
        }
    }
}
