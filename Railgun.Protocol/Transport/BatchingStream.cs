using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Transport;

/// <summary>
/// Between TLS and the socket: it reads as much as there is, and between <see cref="Hold"/> and <see cref="ReleaseAsync"/> it puts records together into one write. TLS asks for each record by itself, first for
/// none of its bytes, and writes record by record; what the kernel does with each call costs more than a copy.
/// </summary>
/// <param name="inner">The connection; disposed with this one.</param>
internal sealed class BatchingStream(Stream inner) : ForwardingStream(inner)
{
    /// <summary>The most that is read ahead, and the most that is put together, in bytes: four full records with what TLS adds to each.</summary>
    public const int Capacity = 4 * ((16 * 1024) + 256);

    private byte[] _ahead = [];
    private int _first;
    private int _end;

    // Made when the first bulk goes out.
    private byte[] _held = [];
    private int _heldLength;
    private bool _holds;

    /// <summary>From here on what is written waits for <see cref="ReleaseAsync"/>.</summary>
    public void Hold() => _holds = true;

    /// <summary>Writes what was put together; what comes later is written at once again.</summary>
    public ValueTask ReleaseAsync()
    {
        _holds = false;
        return WriteHeldAsync();
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _first < _end ? ValueTask.FromResult(Take(buffer.Span)) : FillAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_holds)
        {
            return base.WriteAsync(buffer, cancellationToken);
        }

        if (_heldLength + buffer.Length > Capacity)
        {
            return WriteBehindAsync(buffer, cancellationToken);
        }

        _held = _held.Length == 0 ? new byte[Capacity] : _held;
        buffer.CopyTo(_held.AsMemory(_heldLength));
        _heldLength += buffer.Length;
        return default;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => _first < _end ? Take(buffer.AsSpan(offset, count)) : base.Read(buffer, offset, count);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        _ahead = _ahead.Length == 0 ? new byte[Capacity] : _ahead;
        (_first, _end) = (0, await base.ReadAsync(_ahead, cancellation).ConfigureAwait(false));
        return Take(buffer.Span);
    }

    private int Take(Span<byte> buffer)
    {
        int count = Math.Min(_end - _first, buffer.Length);
        _ahead.AsSpan(_first, count).CopyTo(buffer);
        _first += count;
        return count;
    }

    private ValueTask WriteHeldAsync()
    {
        int length = _heldLength;
        _heldLength = 0;
        return length == 0 ? default : base.WriteAsync(_held.AsMemory(0, length));
    }

    private async ValueTask WriteBehindAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation)
    {
        await WriteHeldAsync().ConfigureAwait(false);
        await base.WriteAsync(buffer, cancellation).ConfigureAwait(false);
    }
}
