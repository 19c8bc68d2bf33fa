using System.Numerics;
using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Heads;

/// <summary>
/// Writes decisions as one long binary fraction, each with the share of a bit that its probability deserves (a range coder: G. N. N. Martin, 1979; carries
/// go back into the bytes written). One block at a time: <see cref="Begin"/>, decisions, <see cref="Finish"/>. WIRE_FORMAT.md, Range coding.
/// </summary>
internal sealed class RangeEncoder
{
    /// <summary>The most bits of one <see cref="Direct"/>.</summary>
    public const int MaxDirect = 16;

    private const uint Narrow = 1u << 24;
    private const int KeptCapacity = 16 * 1024;

    private byte[] _bytes = new byte[256];
    private int _length;
    private ulong _low;
    private uint _range;

    /// <summary>Begins a block.</summary>
    public void Begin()
    {
        _length = 0;
        _low = 0;
        _range = uint.MaxValue;
    }

    /// <summary>Writes a yes or no and learns it.</summary>
    public void Bit(ref ushort model, bool yes)
    {
        uint bound = (_range >> BitModel.Bits) * model;
        if (yes)
        {
            _range = bound;
        }
        else
        {
            _low += bound;
            _range -= bound;
        }

        BitModel.Learn(ref model, yes);
        Normalise();
    }

    /// <summary>Writes <paramref name="count"/> bits, at most <see cref="MaxDirect"/>, all values of which are alike.</summary>
    public void Direct(uint value, int count)
    {
        _range >>= count;
        _low += (ulong)value * _range;
        Normalise();
    }

    /// <summary>Writes a number up to <see cref="NumberModel.Max"/> and learns it.</summary>
    public void Number(NumberModel model, ulong value)
    {
        ulong plusOne = value + 1;
        int bits = BitOperations.Log2(plusOne);
        for (int i = 0; i < bits; i++)
        {
            Bit(ref model.Longer[i], true);
        }

        if (bits < NumberModel.MaxBits)
        {
            Bit(ref model.Longer[bits], false);
        }

        if (bits > 0)
        {
            Bit(ref model.First[bits], ((plusOne >> (bits - 1)) & 1) != 0);
            for (int left = bits - 1; left > 0;)
            {
                int count = Math.Min(left, MaxDirect);
                left -= count;
                Direct((uint)(plusOne >> left) & ((1u << count) - 1), count);
            }
        }
    }

    /// <summary>Writes one byte of text.</summary>
    public void Symbol(Alphabet alphabet, byte symbol)
    {
        _range /= alphabet.Total;
        _low += (ulong)alphabet.Start(symbol) * _range;
        _range *= alphabet.Share(symbol);
        Normalise();
    }

    /// <summary>Ends the block with as few bytes as tell it from all others, and appends it.</summary>
    public void Finish(FrameBuffer output)
    {
        Carry();
        ulong last = _low + _range - 1;
        int kept = 0;
        ulong value = RoundUp(_low, kept);
        while (value > last)
        {
            value = RoundUp(_low, ++kept);
        }

        _low = value;
        Carry();
        for (; kept > 0; kept--)
        {
            Put((byte)(_low >> 24));
            _low = (uint)(_low << 8);
        }

        // The decoder reads zeros beyond the end, so those at the end need not be sent.
        output.Write(_bytes.AsSpan(0, _length).TrimEnd((byte)0));
        if (_bytes.Length > KeptCapacity)
        {
            _bytes = new byte[KeptCapacity];
        }
    }

    private static ulong RoundUp(ulong low, int keptBytes)
    {
        ulong dropped = (1UL << (32 - (8 * keptBytes))) - 1;
        return (low + dropped) & ~dropped;
    }

    private void Normalise()
    {
        Carry();
        while (_range < Narrow)
        {
            Put((byte)(_low >> 24));
            _low = (uint)(_low << 8);
            _range <<= 8;
        }
    }

    private void Carry()
    {
        if (_low <= uint.MaxValue)
        {
            return;
        }

        _low = (uint)_low;
        int at = _length - 1;
        while (++_bytes[at] == 0)
        {
            at--;
        }
    }

    private void Put(byte value)
    {
        if (_length == _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _length);
        }

        _bytes[_length++] = value;
    }
}
