namespace Railgun.Listener.Rebuilding;

/// <summary>Counts what is read.</summary>
/// <param name="inner">The stream; disposed with this.</param>
/// <param name="progress">Where to count.</param>
internal sealed class MeteredStream(Stream inner, BodyProgress progress) : PullStream
{
    /// <inheritdoc/>
    protected override async ValueTask<int> PullAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        int read = await inner.ReadAsync(destination, cancellation);
        progress.Bytes += read;
        progress.Ended = read == 0 && destination.Length > 0;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
