using System.Runtime.CompilerServices;

namespace Railgun.Listener.Rebuilding;

/// <summary>A body as it is, at the client's pull. Step 9 of a request's life.</summary>
/// <param name="source">The body; owned by this stream.</param>
internal class BodyStream(IBodySource source) : PullStream
{
    private ReadOnlyMemory<byte> _rest;
    private bool _ended;

    /// <inheritdoc/>
    protected override ValueTask<int> PullAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        if (_rest.IsEmpty && !_ended)
        {
            ValueTask<bool> next = source.AdvanceAsync(cancellation);
            if (!next.IsCompletedSuccessfully)
            {
                return AwaitAsync(next, destination);
            }

            Take(next.Result);
        }

        return new ValueTask<int>(Copy(destination));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitAsync(ValueTask<bool> next, Memory<byte> destination)
    {
        Take(await next);
        return Copy(destination);
    }

    private void Take(bool more)
    {
        _ended = !more;
        _rest = more ? source.Current : default;
    }

    private int Copy(Memory<byte> destination)
    {
        int count = Math.Min(destination.Length, _rest.Length);
        _rest[..count].CopyTo(destination);
        _rest = _rest[count..];
        return count;
    }
}
