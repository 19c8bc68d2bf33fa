namespace Railgun.Protocol.Heads;

/// <summary>
/// The other side of <see cref="RangeEncoder"/>. Any bytes can be read; what no encoder writes makes <see cref="Failed"/> true for good. Reads zeros beyond the end, so its
/// caller must bound what it asks for.
/// </summary>
internal ref struct RangeDecoder
{
    private const uint Narrow = 1u << 24;

    private readonly ReadOnlySpan<byte> _block;
    private uint _code;
    private uint _range = uint.MaxValue;
    private int _read;

    /// <summary>Reads <paramref name="block"/>.</summary>
    public RangeDecoder(ReadOnlySpan<byte> block)
    {
        _block = block;
        for (int i = 0; i < sizeof(uint); i++)
        {
            _code = (_code << 8) | Next();
        }
    }

    /// <summary>Whether something was read that no encoder writes; what was read since means nothing.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether the block holds no byte that was not needed, and no zero at its end.</summary>
    public readonly bool AtEnd => !Failed && _block.Length <= _read && (_block.IsEmpty || _block[^1] != 0);

    /// <summary>Reads a yes or no and learns it.</summary>
    public bool Bit(ref ushort model)
    {
        uint bound = (_range >> BitModel.Bits) * model;
        bool yes = _code < bound;
        if (yes)
        {
            _range = bound;
        }
        else
        {
            _code -= bound;
            _range -= bound;
        }

        BitModel.Learn(ref model, yes);
        Normalise();
        return yes;
    }

    /// <summary>Reads <paramref name="count"/> bits.</summary>
    public uint Direct(int count)
    {
        _range >>= count;
        return Take(1u << count);
    }

    /// <summary>Reads a number and learns it; one above <paramref name="max"/> is a failure.</summary>
    public ulong Number(NumberModel model, ulong max)
    {
        int bits = 0;
        while (bits < NumberModel.MaxBits && Bit(ref model.Longer[bits]))
        {
            bits++;
        }

        ulong plusOne = 1;
        if (bits > 0)
        {
            plusOne = 2UL | (Bit(ref model.First[bits]) ? 1UL : 0);
            for (int left = bits - 1; left > 0;)
            {
                int count = Math.Min(left, RangeEncoder.MaxDirect);
                left -= count;
                plusOne = (plusOne << count) | Direct(count);
            }
        }

        Failed |= plusOne - 1 > max;
        return Failed ? 0 : plusOne - 1;
    }

    /// <summary>Reads one byte of text.</summary>
    public byte Symbol(Alphabet alphabet)
    {
        uint part = _range / alphabet.Total;
        uint at = _code / part;
        if (at >= alphabet.Total)
        {
            Failed = true;
            return 0;
        }

        byte symbol = alphabet.At(at);
        _code -= alphabet.Start(symbol) * part;
        _range = part * alphabet.Share(symbol);
        Normalise();
        return symbol;
    }

    private uint Take(uint values)
    {
        uint value = _code / _range;
        if (value >= values)
        {
            Failed = true;
            return 0;
        }

        _code -= value * _range;
        Normalise();
        return value;
    }

    private void Normalise()
    {
        while (_range < Narrow)
        {
            _code = (_code << 8) | Next();
            _range <<= 8;
        }
    }

    private byte Next()
    {
        byte next = _read < _block.Length ? _block[_read] : (byte)0;
        _read++;
        return next;
    }
}
