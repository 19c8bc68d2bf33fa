using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Transport;

/// <summary>Counts what crosses a connection, TLS included. The reader and the writer each touch their own number.</summary>
internal sealed class CountingStream(Stream inner) : ForwardingStream(inner)
{
    private long _read;
    private long _written;

    /// <summary>Bytes received so far.</summary>
    public long BytesRead => Volatile.Read(ref _read);

    /// <summary>Bytes sent so far.</summary>
    public long BytesWritten => Volatile.Read(ref _written);

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _read, _read + count);
        return count;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _written, _written + buffer.Length);
        return base.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        Volatile.Write(ref _read, _read + read);
        return read;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Volatile.Write(ref _written, _written + count);
        base.Write(buffer, offset, count);
    }
}
