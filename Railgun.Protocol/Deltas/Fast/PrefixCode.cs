using System.Numerics;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// A prefix code made of counts, on both sides alike and without sorting them (DELTA_FORMAT.md, Codes): canonical, no code longer than
/// <see cref="MaxBits"/>.
/// </summary>
internal sealed class PrefixCode
{
    /// <summary>The longest code.</summary>
    public const int MaxBits = 11;

    private const int Room = 1 << MaxBits;
    private const int Parts = 16;

    private readonly byte[] _lengths;
    private readonly byte[] _parts;
    private readonly ushort[] _codes;
    private ushort[]? _table;
    private bool _tableMade;

    /// <summary>A code for <paramref name="size"/> symbols, at most 256.</summary>
    public PrefixCode(int size)
    {
        _lengths = new byte[size];
        _parts = new byte[size];
        _codes = new ushort[size];
    }

    /// <summary>By symbol: its code above 4 bits of length.</summary>
    public ushort[] Codes => _codes;

    /// <summary>By the next <see cref="MaxBits"/> bits: the symbol above 4 bits of length.</summary>
    public ushort[] Table => _tableMade ? _table! : MakeTable();

    /// <summary>Makes the code for these counts, each at least 1.</summary>
    public void Make(ReadOnlySpan<ushort> counts)
    {
        int total = 0;
        foreach (ushort count in counts)
        {
            total += count;
        }

        Measure(counts, (uint)total);
        Assign();
        _tableMade = false;
    }

    /// <summary>
    /// A symbol of n in total wants log2(total / n) bits. First all get the next whole number; then, where the code has room, those that
    /// lost most to the rounding get one bit less.
    /// </summary>
    private void Measure(ReadOnlySpan<ushort> counts, uint total)
    {
        Span<int> wanted = stackalloc int[Parts];
        wanted.Clear();
        int whole = Log16(total);
        int room = Room;
        for (int i = 0; i < counts.Length; i++)
        {
            int bits = whole - Log16(counts[i]);
            int length = Math.Min(MaxBits, (bits >> 4) + 1);
            int part = bits >> 4 >= MaxBits ? Parts : bits & 15;
            _lengths[i] = (byte)length;
            _parts[i] = (byte)part;
            int takes = Room >> length;
            room -= takes;
            if (part < Parts)
            {
                wanted[part] += takes;
            }
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
        for (int length = MaxBits - 1; room < 0; length--)
        {
            for (int i = _lengths.Length - 1; i >= 0 && room < 0; i--)
            {
                if (_lengths[i] == length)
                {
                    _lengths[i]++;
                    room += Room >> (length + 1);
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
            else if (part < Parts && Room >> _lengths[i] <= room && _lengths[i] > 1)
            {
                room -= Room >> _lengths[i]--;
            }
        }
    }

    /// <summary>Codes in order of length, then of symbol.</summary>
    private void Assign()
    {
        Span<int> next = stackalloc int[MaxBits + 1];
        Begin(next);
        for (int i = 0; i < _lengths.Length; i++)
        {
            int length = _lengths[i];
            _codes[i] = (ushort)((next[length] >> (MaxBits - length) << 4) | length);
            next[length] += Room >> length;
        }
    }

    /// <summary>Where in the table the codes of each length begin.</summary>
    private void Begin(Span<int> next)
    {
        Span<int> takes = stackalloc int[MaxBits + 1];
        takes.Clear();
        foreach (byte length in _lengths)
        {
            takes[length] += Room >> length;
        }

        next[0] = 0;
        for (int length = 1; length <= MaxBits; length++)
        {
            next[length] = next[length - 1] + takes[length - 1];
        }
    }

    private ushort[] MakeTable()
    {
        _table ??= new ushort[Room];
        int end = 0;
        for (int i = 0; i < _codes.Length; i++)
        {
            int length = _codes[i] & 15;
            int at = _codes[i] >> 4 << (MaxBits - length);
            _table.AsSpan(at, Room >> length).Fill((ushort)((i << 4) | length));
            end = Math.Max(end, at + (Room >> length));
        }

        _table.AsSpan(end).Fill(MaxBits);
        _tableMade = true;
        return _table;
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
