using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>A prefix code as its reader wants it: by the next bits, the symbol that they begin with.</summary>
internal sealed unsafe class CodeTable
{
    private readonly ulong[] _entries;
    private readonly int _maxBits;

    /// <summary>For a code of at most <paramref name="maxBits"/> bits.</summary>
    public CodeTable(int maxBits)
    {
        _maxBits = maxBits;
        _entries = GC.AllocateUninitializedArray<ulong>(1 << maxBits, pinned: true);
        Entries = Pinned.AddressOf(_entries);
    }

    /// <summary>
    /// By the next bits: the number that their symbol stands for, above 32 bits; the symbol, above 16; how many bits stand below it, above 8; and how many those
    /// and its code are. Never moves.
    /// </summary>
    public ulong* Entries { get; }

    /// <summary>The symbol of an entry.</summary>
    public static uint SymbolOf(ulong entry) => (ushort)(entry >> 16);

    /// <summary>The number that an entry stands for with the bits below it; <paramref name="bits"/> begin with its code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint NumberOf(ulong entry, ulong bits) => (nint)((long)entry >> 32) + (nint)(bits >> -(int)entry & ((1ul << (int)(entry >> 8)) - 1));

    /// <summary>Fills it: what the symbols of <paramref name="code"/> stand for is in <paramref name="least"/> and <paramref name="below"/>.</summary>
    public void Fill(PrefixCode code, ReadOnlySpan<int> least, ReadOnlySpan<byte> below)
    {
        int end = 0;
        ushort[] codes = code.Codes;
        for (int i = 0; i < codes.Length; i++)
        {
            int length = codes[i] & 15;
            int at = codes[i] >> 4 << (_maxBits - length);
            int count = 1 << (_maxBits - length);
            _entries.AsSpan(at, count).Fill(Entry(i, least[i], below[i], length));
            end = Math.Max(end, at + count);
        }

        _entries.AsSpan(end).Fill(Entry(0, least[0], below[0], _maxBits));
    }

    private static ulong Entry(int symbol, int least, int below, int length) =>
        ((ulong)(uint)least << 32) | ((ulong)symbol << 16) | ((ulong)below << 8) | (uint)(below + length);
}
