using System.Buffers;

namespace Railgun.Sender.Coding;

/// <summary>One segment's coded bytes, in a pooled buffer that it owns and uses again for the next.</summary>
internal sealed class CodedBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Least = 4 * 1024;

    private byte[] _buffer = [];
    private int _length;

    /// <summary>What was written since <see cref="Clear"/>; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>How many bytes were written.</summary>
    public int Length => _length;

    /// <summary>Forgets what was written; keeps the memory.</summary>
    public void Clear() => _length = 0;

    /// <summary>Takes over what <paramref name="other"/> has, in place of what was written.</summary>
    public void CopyFrom(CodedBuffer other)
    {
        Clear();
        other.Written.Span.CopyTo(GetSpan(other.Length));
        _length = other.Length;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _length), nameof(count));
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <inheritdoc/>
    public void Dispose() => Replace([]);

    private void MakeRoom(int sizeHint)
    {
        int needed = Math.Max(sizeHint, 1);
        if (_buffer.Length - _length < needed)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Least, _length + needed));
            Written.CopyTo(larger);
            Replace(larger);
        }
    }

    private void Replace(byte[] buffer)
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = buffer;
    }
}
