using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Binary range coder: 64 bits of low end, 64 bits of range, 32 bits leave at a time. Trailing zero bytes are not written: the decoder
/// reads zeros behind the payload. A bit of 0 keeps the low end, so that a segment of likely zeros has no payload at all.
/// </summary>
internal ref struct RangeEncoder : IBitCoder
{
    private readonly Span<byte> _output;
    private ulong _low;
    private ulong _range;
    private int _count;

    /// <summary>Begins a payload in <paramref name="output"/>.</summary>
    public RangeEncoder(Span<byte> output)
    {
        _output = output;
        _low = 0;
        _range = ulong.MaxValue;
        _count = 0;
        IsFull = false;
    }

    /// <inheritdoc/>
    public static bool Encodes => true;

    /// <inheritdoc/>
    public bool IsFull { get; private set; }

    /// <inheritdoc/>
    public readonly int Taken => _count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Code(int bit, uint chance)
    {
        ulong zeros = (_range >> 16) * (65536 - chance);
        if (bit == 0)
        {
            _range = zeros;
        }
        else
        {
            _range -= zeros;
            _low += zeros;
            if (_low < zeros)
            {
                Carry();
            }
        }

        if (_range <= uint.MaxValue)
        {
            Shift();
        }

        return bit;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public unsafe int CodeNibble(int nibble, Vector256<short> bounds, out int chance)
    {
        ushort* places = stackalloc ushort[24];
        places[7] = 0;
        bounds.AsUInt16().Store(places + 8);
        places[23] = 1 << 15;
        uint below = places[7 + nibble];
        chance = places[8 + nibble] - (int)below;
        ulong unit = _range >> 15;
        ulong low = _low + (unit * below);
        if (low < _low)
        {
            Carry();
        }

        _low = low;
        _range = unit * (uint)chance;
        if (_range <= uint.MaxValue)
        {
            Shift();
        }

        return nibble;
    }

    /// <summary>Ends the payload with as few bytes as tell it; returns its length.</summary>
    public int Finish()
    {
        for (int keep = 0; keep <= sizeof(ulong); keep++)
        {
            ulong mask = keep == sizeof(ulong) ? 0 : ulong.MaxValue >> (8 * keep);
            ulong value = (_low + mask) & ~mask;
            bool carried = value < _low;
            if (value - _low < _range)
            {
                if (carried)
                {
                    Carry();
                }

                Span<byte> tail = stackalloc byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64BigEndian(tail, value);
                return Trim(tail[..keep]);
            }
        }

        return Trim([]);
    }

    /// <summary>Ends the payload so that other bytes may follow; returns its length, from where on a decoder has read nothing.</summary>
    public int FinishOpen()
    {
        Shift(true);
        Shift(true);
        return _count;
    }

    private int Trim(scoped ReadOnlySpan<byte> tail)
    {
        if (_output.Length - _count < tail.Length)
        {
            IsFull = true;
            return 0;
        }

        tail.CopyTo(_output[_count..]);
        int length = _count + tail.Length;
        while (length > 0 && _output[length - 1] == 0)
        {
            length--;
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Carry()
    {
        int at = _count;
        while (--at >= 0 && ++_output[at] == 0)
        {
        }
    }

    private void Shift(bool ending = false)
    {
        if (_output.Length - _count < sizeof(uint))
        {
            IsFull = true;
            _count = 0;
        }

        BinaryPrimitives.WriteUInt32BigEndian(_output[_count..], (uint)(_low >> 32));
        _count += sizeof(uint);
        _low <<= 32;
        _range = ending ? _range : _range << 32;
    }
}
