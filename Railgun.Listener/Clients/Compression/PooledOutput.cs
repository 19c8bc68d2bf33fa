using System.Buffers;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Clients.Compression;

/// <summary>
/// A queue of bytes in one pooled buffer that grows by need: a compressor writes behind, the response reads in front. Not thread-safe.
/// As a <see cref="Stream"/> it takes what <c>GZipStream</c> writes.
/// </summary>
internal sealed class PooledOutput : SequentialStream, IBufferWriter<byte>
{
    private const int FirstSize = 16 * 1024;

    private byte[]? _buffer;
    private int _read;
    private int _written;

    /// <summary>Bytes that wait to be read.</summary>
    public int Available => _written - _read;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>Moves at most <paramref name="destination"/>'s length of bytes out; returns how many.</summary>
    public int Take(Span<byte> destination)
    {
        int count = Math.Min(Available, destination.Length);
        _buffer.AsSpan(_read, count).CopyTo(destination);
        _read += count;
        if (_read == _written)
        {
            _read = _written = 0;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (_buffer?.Length ?? 0) - _written);
        _written += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Reserve(buffer.Length);
        buffer.CopyTo(_buffer.AsSpan(_written));
        _written += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Gives the buffer back.</summary>
    public void Release()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            _read = _written = 0;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Reserve(int size)
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(size, FirstSize));
        }
        else if (_buffer.Length - _written < size)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Available + size, _buffer.Length * 2));
            _buffer.AsSpan(_read, Available).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _written, _read) = (larger, Available, 0);
        }
    }
}
