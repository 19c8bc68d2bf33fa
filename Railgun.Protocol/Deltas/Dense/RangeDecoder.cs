using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    public readonly int Taken => _taken;

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
    [SkipLocalsInit]
    public unsafe int CodeNibble(int nibble, Vector256<short> bounds, out int chance)
    {
        ulong unit = _range >> 15;
        short place = (short)Math.Min(_code / unit, (1 << 15) - 1);
        Vector256<short> least = Vector256.LessThanOrEqual(bounds, Vector256.Create(place));
        uint below = Vector128.Narrow(least.GetLower(), least.GetUpper()).ExtractMostSignificantBits() & 0x7FFF;
        nibble = BitOperations.PopCount(below);
        ushort* places = stackalloc ushort[24];
        places[7] = 0;
        bounds.AsUInt16().Store(places + 8);
        places[23] = 1 << 15;
        ulong begin = places[7 + nibble];
        chance = places[8 + nibble] - (int)begin;
        _code -= unit * begin;
        _range = unit * (uint)chance;
        if (_range <= uint.MaxValue)
        {
            _range <<= 32;
            _code = (_code << 32) | Next();
        }

        return nibble;
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
