using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>The other side of <see cref="BitWriter"/>. Behind the payload it reads zeros, so any bytes decode to something.</summary>
internal unsafe ref struct BitReader
{
    private readonly byte* _end;
    private byte* _next;
    private ulong _bits;
    private int _held;

    /// <summary>Begins with <paramref name="length"/> bytes at <paramref name="payload"/>.</summary>
    public BitReader(byte* payload, int length)
    {
        _next = payload;
        _end = payload + length;
    }

    /// <summary>Makes sure that 56 bits can be looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill()
    {
        if (_end - _next >= sizeof(ulong))
        {
            _bits |= BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(_next)) >> _held;
            _next += (63 - _held) >> 3;
            _held |= 56;
        }
        else
        {
            FillAtEnd();
        }
    }

    /// <summary>The next <paramref name="count"/> bits, not taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint Peek(int count) => (uint)((_bits >> 1) >> (63 - count));

    /// <summary>Takes bits that were looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        _bits <<= count;
        _held -= count;
    }

    /// <summary>Takes the next <paramref name="count"/> bits, at most 31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Take(int count)
    {
        uint value = Peek(count);
        Skip(count);
        return value;
    }

    private void FillAtEnd()
    {
        while (_held < 56)
        {
            _bits |= _next < _end ? (ulong)*_next++ << (56 - _held) : 0;
            _held += 8;
        }
    }
}
