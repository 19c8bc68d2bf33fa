using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>The other side of <see cref="RangeEncoder"/>. Behind the payload it reads zeros, so any bytes decode to something.</summary>
internal ref struct RangeDecoder : IBitCoder
{
    private readonly ReadOnlySpan<byte> _payload;
    private ulong _code;
    private ulong _range;
    private int _taken;

    /// <summary>Begins with <paramref name="payload"/>.</summary>
    public RangeDecoder(ReadOnlySpan<byte> payload)
    {
        _payload = payload;
        _range = ulong.MaxValue;
        _taken = 0;
        _code = 0;
        ulong high = Next();
        _code = (high << 32) | Next();
    }

    /// <inheritdoc/>
    public static bool Encodes => false;

    /// <inheritdoc/>
    public readonly bool IsFull => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Code(int bit, uint chance)
    {
        ulong zeros = (_range >> 16) * (65536 - chance);
        if (_code < zeros)
        {
            _range = zeros;
            bit = 0;
        }
        else
        {
            _code -= zeros;
            _range -= zeros;
            bit = 1;
        }

        if (_range <= uint.MaxValue)
        {
            _range <<= 32;
            _code = (_code << 32) | Next();
        }

        return bit;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CodeOpen(int bit, uint chance)
    {
        ulong zeros = (_range >> 16) * (65536 - chance);
        bit = _code >= zeros ? 1 : 0;
        ulong mask = (ulong)-bit;
        _code -= zeros & mask;
        _range = zeros + ((_range - (2 * zeros)) & mask);
        if (_range <= uint.MaxValue)
        {
            _range <<= 32;
            _code = (_code << 32) | Next();
        }

        return bit;
    }

    private uint Next()
    {
        if (_payload.Length - _taken >= sizeof(uint))
        {
            uint word = BinaryPrimitives.ReadUInt32BigEndian(_payload[_taken..]);
            _taken += sizeof(uint);
            return word;
        }

        uint rest = 0;
        for (int i = 0; i < sizeof(uint); i++)
        {
            rest = (rest << 8) | (_taken < _payload.Length ? _payload[_taken++] : 0u);
        }

        return rest;
    }
}
