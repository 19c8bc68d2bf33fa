using System.Buffers;

namespace Railgun.Protocol.Engine;

/// <summary>
/// A slice of a pooled buffer with one owner: whoever holds the value must pass it on or dispose it, once.
/// </summary>
internal readonly struct Payload : IDisposable
{
    // Buffers are taken by one thread and given back by another, a window's worth at once: more than the shared pool keeps for that.
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(maxArrayLength: 128 * 1024, maxArraysPerBucket: 128);

    private readonly byte[]? _rented;
    private readonly int _length;

    private Payload(byte[] rented, int length)
    {
        _rented = rented;
        _length = length;
    }

    /// <summary>The bytes; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Memory => _rented is null ? default : _rented.AsMemory(0, _length);

    /// <summary>The bytes; valid until disposed.</summary>
    public ReadOnlySpan<byte> Span => _rented is null ? default : _rented.AsSpan(0, _length);

    /// <summary>How many bytes.</summary>
    public int Length => _length;

    /// <summary>A copy of <paramref name="bytes"/> in a buffer from the shared pool.</summary>
    public static Payload Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return default;
        }

        byte[] rented = Pool.Rent(bytes.Length);
        bytes.CopyTo(rented);
        PayloadLedger.Rented(bytes.Length);
        return new Payload(rented, bytes.Length);
    }

    /// <summary>This and <paramref name="bytes"/> behind it; takes this one's place. A new buffer has room for <paramref name="room"/> bytes.</summary>
    public Payload Append(ReadOnlySpan<byte> bytes, int room)
    {
        byte[] buffer = _rented ?? [];
        if (buffer.Length < _length + bytes.Length)
        {
            buffer = Pool.Rent(Math.Max(room, _length + bytes.Length));
            Span.CopyTo(buffer);
            if (_rented is not null)
            {
                Pool.Return(_rented);
            }
        }

        bytes.CopyTo(buffer.AsSpan(_length));
        PayloadLedger.Grew(_rented is null, bytes.Length);
        return new Payload(buffer, _length + bytes.Length);
    }

    /// <summary>Gives the buffer back to the pool.</summary>
    public void Dispose()
    {
        if (_rented is not null)
        {
            PayloadLedger.Returned(_length);
            Pool.Return(_rented);
        }
    }
}
