using System.Numerics;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// A prefix code made of counts, on both sides alike and without sorting them (DELTA_FORMAT.md, Codes): canonical, no code longer than the
/// longest that is allowed.
/// </summary>
internal sealed class PrefixCode
{
    /// <summary>The longest code of new bytes.</summary>
    public const int MaxByteBits = 11;

    /// <summary>The longest code of anything else.</summary>
    public const int MaxBits = 10;

    private const int Parts = 16;

    private readonly int _maxBits;
    private readonly int _room;
    private readonly byte[] _lengths;
    private readonly byte[] _parts;
    private readonly ushort[] _codes;

    /// <summary>A code for <paramref name="size"/> symbols, at most 256, of at most <paramref name="maxBits"/> bits each.</summary>
    public PrefixCode(int size, int maxBits)
    {
        _maxBits = maxBits;
        _room = 1 << maxBits;
        _lengths = new byte[size];
        _parts = new byte[size];
        _codes = GC.AllocateArray<ushort>(size, pinned: true);
    }

    /// <summary>By symbol: its code above 4 bits of length. Never moves.</summary>
    public ushort[] Codes => _codes;

    /// <summary>Makes the code for these counts, each at least 1.</summary>
    public void Make(ReadOnlySpan<int> counts)
    {
        int total = 0;
        foreach (int count in counts)
        {
            total += count;
        }

        Measure(counts, (uint)total);
        Assign();
    }

    /// <summary>
    /// A symbol of n in total wants log2(total / n) bits. First all get the next whole number; then, where the code has room, those that
    /// lost most to the rounding get one bit less.
    /// </summary>
    private void Measure(ReadOnlySpan<int> counts, uint total)
    {
        Span<int> wanted = stackalloc int[Parts + 1];
        wanted.Clear();
        int whole = Log16(total);
        int room = _room;
        for (int i = 0; i < counts.Length; i++)
        {
            int bits = whole - Log16((uint)counts[i]);
            int length = Math.Min(_maxBits, (bits >> 4) + 1);
            int part = bits >> 4 >= _maxBits ? Parts : bits & 15;
            _lengths[i] = (byte)length;
            _parts[i] = (byte)part;
            int takes = _room >> length;
            room -= takes;
            wanted[part] += takes;
        }

        if (room < 0)
        {
            Lengthen(ref room);
        }

        Shorten(wanted, room);
    }

    private void Lengthen(ref int room)
    {
        // Rare symbols cut at the limit took more than their share: the longest of the others give way.
        for (int length = _maxBits - 1; room < 0; length--)
        {
            for (int i = _lengths.Length - 1; i >= 0 && room < 0; i--)
            {
                if (_lengths[i] == length)
                {
                    _lengths[i]++;
                    room += _room >> (length + 1);
                    _parts[i] = Parts;
                }
            }
        }
    }

    private void Shorten(ReadOnlySpan<int> wanted, int room)
    {
        int all = 0;
        while (all < Parts && wanted[all] <= room)
        {
            room -= wanted[all++];
        }

        for (int i = 0; i < _lengths.Length; i++)
        {
            int part = _parts[i];
            if (part < all)
            {
                _lengths[i]--;
            }
            else if (part < Parts && _room >> _lengths[i] <= room && _lengths[i] > 1)
            {
                room -= _room >> _lengths[i]--;
            }
        }
    }

    /// <summary>Codes in order of length, then of symbol.</summary>
    private void Assign()
    {
        Span<int> next = stackalloc int[MaxByteBits + 1];
        Begin(next);
        for (int i = 0; i < _lengths.Length; i++)
        {
            int length = _lengths[i];
            _codes[i] = (ushort)((next[length] >> (_maxBits - length) << 4) | length);
            next[length] += _room >> length;
        }
    }

    /// <summary>Where in the table the codes of each length begin.</summary>
    private void Begin(Span<int> next)
    {
        Span<int> takes = stackalloc int[MaxByteBits + 1];
        takes.Clear();
        foreach (byte length in _lengths)
        {
            takes[length] += _room >> length;
        }

        next[0] = 0;
        for (int length = 1; length <= _maxBits; length++)
        {
            next[length] = next[length - 1] + takes[length - 1];
        }
    }

    /// <summary>16 * log2 of a number, cut: exact to 1/16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Log16(uint value)
    {
        int log = BitOperations.Log2(value);
        int part = (int)(log >= 8 ? value >> (log - 8) : value << (8 - log)) & 0xFF;
        return (log << 4) + Parts16[part];
    }

    private static readonly byte[] Parts16 = MakeParts();

    private static byte[] MakeParts()
    {
        // The k-th is how many of 2^(1/16), 2^(2/16), ... 256 + k reaches, in 256ths: integers only, so that every machine gets the same.
        ReadOnlySpan<ushort> steps = [267, 279, 292, 304, 318, 332, 347, 362, 378, 395, 412, 431, 450, 470, 490];
        var parts = new byte[256];
        for (int k = 0; k < 256; k++)
        {
            int part = 0;
            while (part < steps.Length && 256 + k >= steps[part])
            {
                part++;
            }

            parts[k] = (byte)part;
        }

        return parts;
    }
}
