using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Writes bits, the lowest first. Trailing zero bytes are not written: the reader finds zeros behind the payload.</summary>
internal ref struct BitWriter
{
    private readonly Span<byte> _output;
    private ulong _bits;
    private int _held;
    private int _count;

    /// <summary>Begins a payload in <paramref name="output"/>, at least eight bytes.</summary>
    public BitWriter(Span<byte> output)
    {
        _output = output;
        IsFull = false;
    }

    /// <summary>The output was too small: the payload is worthless.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Writes the low <paramref name="count"/> bits of <paramref name="value"/>, at most 32; the bits above must be zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(uint value, int count)
    {
        _bits |= (ulong)value << _held;
        _held += count;
        if (_held >= 32)
        {
            Flush();
        }
    }

    /// <summary>Ends the payload; returns its length.</summary>
    public int Finish()
    {
        Span<byte> tail = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(tail, _bits);
        int more = (_held + 7) >> 3;
        while (more > 0 && tail[more - 1] == 0)
        {
            more--;
        }

        if (more > _output.Length - _count)
        {
            IsFull = true;
            return 0;
        }

        tail[..more].CopyTo(_output[_count..]);
        int length = _count + more;
        while (length > 0 && _output[length - 1] == 0)
        {
            length--;
        }

        return length;
    }

    private void Flush()
    {
        if (_output.Length - _count < sizeof(uint))
        {
            IsFull = true;
            _count = 0;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_output[_count..], (uint)_bits);
        _count += sizeof(uint);
        _bits >>= 32;
        _held -= 32;
    }
}
