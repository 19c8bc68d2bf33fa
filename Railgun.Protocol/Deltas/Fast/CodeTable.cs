using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>A prefix code as its reader wants it: by the next bits, the symbol that they begin with. Small, for it shall stay in the nearest cache.</summary>
internal sealed unsafe class CodeTable
{
    private const int SizeBits = 6;

    private readonly ushort[] _entries;
    private readonly int _maxBits;

    /// <summary>For a code of at most <paramref name="maxBits"/> bits.</summary>
    public CodeTable(int maxBits)
    {
        _maxBits = maxBits;
        _entries = GC.AllocateUninitializedArray<ushort>((1 << maxBits) + Vector256<ushort>.Count, pinned: true);
        Entries = Pinned.AddressOf(_entries);
    }

    /// <summary>By the next bits: their symbol, above 6 bits that say how many its code and the bits below it are. Never moves.</summary>
    public ushort* Entries { get; }

    /// <summary>The symbol of an entry.</summary>
    public static uint SymbolOf(uint entry) => entry >> SizeBits;

    /// <summary>How many bits an entry takes.</summary>
    public static uint SizeOf(uint entry) => entry & ((1 << SizeBits) - 1);

    /// <summary>Fills it for <paramref name="code"/>, behind whose symbols <paramref name="below"/> bits follow.</summary>
    public void Fill(PrefixCode code, ReadOnlySpan<byte> below)
    {
        ushort* to = Entries;
        ReadOnlySpan<byte> lengths = code.Lengths;
        foreach (byte symbol in code.Order)
        {
            // Whole vectors are written: what is behind belongs to the next symbols.
            int length = lengths[symbol];
            Vector256<ushort> entries = Vector256.Create(Entry(symbol, below[symbol] + length));
            ushort* end = to + (1 << (_maxBits - length));
            for (ushort* at = to; at < end; at += Vector256<ushort>.Count)
            {
                entries.Store(at);
            }

            to = end;
        }

        new Span<ushort>(to, (int)(Entries + (1 << _maxBits) - to)).Fill(Entry(0, _maxBits));
    }

    private static ushort Entry(int symbol, int size) => (ushort)((symbol << SizeBits) | size);
}
