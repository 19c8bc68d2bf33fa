using Railgun.Protocol.Transport;

namespace Railgun.Listener.Rebuilding;

/// <summary>A stream that can only be read forward, and only asynchronously: what the proxy copies to the client.</summary>
internal abstract class PullStream : SequentialStream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <summary>
    /// Reads. With an empty <paramref name="buffer"/> it waits until there is something to read, or the end: so nobody holds a buffer while idle.
    /// </summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => PullAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        PullAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>The one way to read; an empty destination only waits.</summary>
    protected abstract ValueTask<int> PullAsync(Memory<byte> destination, CancellationToken cancellation);
}
