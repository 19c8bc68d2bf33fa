using System.Numerics;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// A prefix code made of counts, on both sides alike and without sorting them (DELTA_FORMAT.md, Codes): canonical, no code longer than the
/// longest that is allowed.
/// </summary>
internal sealed unsafe class PrefixCode
{
    /// <summary>The longest code of new bytes.</summary>
    public const int MaxByteBits = 11;

    /// <summary>The longest code of anything else.</summary>
    public const int MaxBits = 10;

    /// <summary>Sums that many symbols add to are kept so many times: what one adds need not wait for what the one before has added.</summary>
    private const int Ways = 4;

    /// <summary>What stands behind the symbols as their lengths and parts.</summary>
    private const byte None = 15;

    private readonly int _size;
    private readonly int _quarter;
    private readonly int _maxBits;
    private readonly int _room;
    private readonly byte[] _lengths;
    private readonly byte[] _parts;
    private readonly byte[] _order;
    private readonly ushort[] _codes;

    /// <summary>A code for <paramref name="size"/> symbols, at most 256, of at most <paramref name="maxBits"/> bits each.</summary>
    public PrefixCode(int size, int maxBits)
    {
        _size = size;
        _quarter = (size + Ways - 1) / Ways;
        _maxBits = maxBits;
        _room = 1 << maxBits;
        int whole = (size + Vector256<byte>.Count) & -Vector256<byte>.Count;
        _lengths = new byte[whole];
        _parts = new byte[whole];
        _order = new byte[whole];
        _lengths.AsSpan().Fill(None);
        _parts.AsSpan().Fill(byte.MaxValue);
        _codes = GC.AllocateArray<ushort>(size, pinned: true);
    }

    /// <summary>By symbol: its code above 4 bits of length. Never moves.</summary>
    public ushort[] Codes => _codes;

    /// <summary>By symbol: how long its code is.</summary>
    public ReadOnlySpan<byte> Lengths => _lengths.AsSpan(0, _size);

    /// <summary>The symbols in the order of their codes.</summary>
    public ReadOnlySpan<byte> Order => _order.AsSpan(0, _size);

    /// <summary>Makes the code for these counts, each at least 1 and all together below 2^24; whoever reads by the lengths and their order needs no <paramref name="codes"/>.</summary>
    public void Make(ReadOnlySpan<int> counts, bool codes = true)
    {
        fixed (int* count = counts)
        fixed (byte* lengths = _lengths)
        fixed (byte* parts = _parts)
        fixed (byte* order = _order)
        {
            int* wanted = stackalloc int[WantedBits.Parts + 1];
            int room = Measure(count, wanted, lengths, parts);
            if (room < 0)
            {
                Lengthen(ref room);
            }

            Shorten(wanted, room, lengths, parts);
            Sort(lengths, order);
            if (codes)
            {
                Assign();
            }
        }
    }

    /// <summary>
    /// A symbol of n in total wants log2(total / n) bits. First all get the next whole number; then, where the code has room, those that
    /// lost most to the rounding get one bit less. Returns the room; says how much each part wants of it.
    /// </summary>
    private int Measure(int* counts, int* wanted, byte* lengths, byte* parts)
    {
        WantedBits.Measure(counts, _size, _maxBits, lengths, parts);
        new Span<byte>(lengths + _size, _lengths.Length - _size).Fill(None);
        new Span<byte>(parts + _size, _parts.Length - _size).Fill(byte.MaxValue);
        int* sums = stackalloc int[(WantedBits.Parts + 1) * Ways];
        new Span<int>(sums, (WantedBits.Parts + 1) * Ways).Clear();
        int room = _room;
        int i = 0;
        for (; i <= _size - Ways; i += Ways)
        {
            sums[Ways * parts[i]] += room >> lengths[i];
            sums[(Ways * parts[i + 1]) + 1] += room >> lengths[i + 1];
            sums[(Ways * parts[i + 2]) + 2] += room >> lengths[i + 2];
            sums[(Ways * parts[i + 3]) + 3] += room >> lengths[i + 3];
        }

        for (; i < _size; i++)
        {
            sums[Ways * parts[i]] += room >> lengths[i];
        }

        for (int part = 0; part <= WantedBits.Parts; part++)
        {
            Vector128<int> sum = Vector128.Load(sums + (Ways * part));
            wanted[part] = Vector128.Sum(sum);
            room -= wanted[part];
        }

        return room;
    }

    private void Lengthen(ref int room)
    {
        // Rare symbols cut at the limit took more than their share: the longest of the others give way.
        for (int length = _maxBits - 1; room < 0; length--)
        {
            for (int i = _size - 1; i >= 0 && room < 0; i--)
            {
                if (_lengths[i] == length)
                {
                    _lengths[i]++;
                    room += _room >> (length + 1);
                    _parts[i] = WantedBits.Parts;
                }
            }
        }
    }

    private void Shorten(int* wanted, int room, byte* lengths, byte* parts)
    {
        int all = 0;
        while (all < WantedBits.Parts && wanted[all] <= room)
        {
            room -= wanted[all++];
        }

        for (int i = 0; i < _size; i += Vector256<byte>.Count)
        {
            Vector256<byte> these = Vector256.LessThan(Vector256.Load(parts + i), Vector256.Create((byte)all));
            (Vector256.Load(lengths + i) + these).Store(lengths + i);
        }

        for (int i = 0; i < _size && room > 0; i += Vector256<byte>.Count)
        {
            // Only those that there is room for are looked at.
            var shortest = (byte)Math.Max(2, _maxBits - BitOperations.Log2((uint)room));
            Vector256<byte> part = Vector256.Load(parts + i);
            Vector256<byte> these = Vector256.GreaterThanOrEqual(part, Vector256.Create((byte)all)) & Vector256.LessThan(part, Vector256.Create((byte)WantedBits.Parts))
                & Vector256.GreaterThanOrEqual(Vector256.Load(lengths + i), Vector256.Create(shortest));
            for (uint mask = these.ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
            {
                int symbol = i + BitOperations.TrailingZeroCount(mask);
                int takes = _room >> lengths[symbol];
                if (takes <= room)
                {
                    room -= takes;
                    lengths[symbol]--;
                }
            }
        }
    }

    /// <summary>The order of the codes: by length, then by symbol. Each quarter of the symbols has places of its own.</summary>
    private void Sort(byte* lengths, byte* order)
    {
        int* next = stackalloc int[(None + 1) * Ways];
        new Span<int>(next, (None + 1) * Ways).Clear();
        for (int i = 0; i < _quarter; i++)
        {
            next[Ways * lengths[i]]++;
            next[(Ways * lengths[i + _quarter]) + 1]++;
            next[(Ways * lengths[i + (2 * _quarter)]) + 2]++;
            next[(Ways * lengths[i + (3 * _quarter)]) + 3]++;
        }

        int at = 0;
        for (int i = 0; i < (None + 1) * Ways; i++)
        {
            (next[i], at) = (at, at + next[i]);
        }

        for (int i = 0; i < _quarter; i++)
        {
            order[next[Ways * lengths[i]]++] = (byte)i;
            order[next[(Ways * lengths[i + _quarter]) + 1]++] = (byte)(i + _quarter);
            order[next[(Ways * lengths[i + (2 * _quarter)]) + 2]++] = (byte)(i + (2 * _quarter));
            order[next[(Ways * lengths[i + (3 * _quarter)]) + 3]++] = (byte)(i + (3 * _quarter));
        }
    }

    private void Assign()
    {
        int at = 0;
        foreach (byte symbol in Order)
        {
            int length = _lengths[symbol];
            _codes[symbol] = (ushort)((at >> (_maxBits - length) << 4) | length);
            at += _room >> length;
        }
    }
}
