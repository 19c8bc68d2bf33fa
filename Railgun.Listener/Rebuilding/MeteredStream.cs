using Railgun.Listener.Clients.Http2;

namespace Railgun.Listener.Rebuilding;

/// <summary>Counts what is read; what is written, after a switch of protocols, passes.</summary>
/// <param name="inner">The stream; disposed with this.</param>
/// <param name="progress">Where to count.</param>
/// <param name="account">The connection that is given it; null where none is kept.</param>
internal sealed class MeteredStream(Stream inner, BodyProgress progress, ConnectionAccount? account) : PullStream
{
    /// <inheritdoc/>
    public override bool CanWrite => inner.CanWrite;

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    protected override async ValueTask<int> PullAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        int read = await inner.ReadAsync(destination, cancellation);
        progress.Bytes += read;
        progress.Ended = read == 0 && destination.Length > 0;
        if (read > 0)
        {
            account?.Given(read);
        }

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
