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
        _entries = GC.AllocateUninitializedArray<ushort>(1 << maxBits, pinned: true);
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
        int end = 0;
        ushort[] codes = code.Codes;
        for (int i = 0; i < codes.Length; i++)
        {
            int length = codes[i] & 15;
            int at = codes[i] >> 4 << (_maxBits - length);
            int count = 1 << (_maxBits - length);
            _entries.AsSpan(at, count).Fill(Entry(i, below[i] + length));
            end = Math.Max(end, at + count);
        }

        _entries.AsSpan(end).Fill(Entry(0, _maxBits));
    }

    private static ushort Entry(int symbol, int size) => (ushort)((symbol << SizeBits) | size);
}
