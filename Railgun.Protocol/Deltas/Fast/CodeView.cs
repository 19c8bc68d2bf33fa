using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>An <see cref="AdaptiveCode"/> as it is between two makings, by address.</summary>
internal unsafe struct CodeView
{
    /// <summary>By symbol: its code above 4 bits of length.</summary>
    public ushort* Codes;

    /// <summary>As <see cref="CodeTable.Entries"/>.</summary>
    public ushort* Table;

    /// <summary>By symbol.</summary>
    public Meaning* Meanings;

    /// <summary>By symbol: how often it has been coded.</summary>
    public int* Counts;

    /// <summary>Puts a symbol.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Put(ref BitWriter writer, int symbol)
    {
        int code = Codes[symbol];
        writer.Put((uint)code >> 4, code & 15);
    }

    /// <summary>The entry of the symbol that <paramref name="bits"/> begin with; not for new bytes, whose codes are longer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint EntryOf(ulong bits) => Table[bits >> (64 - PrefixCode.MaxBits)];

    /// <summary>The number that this entry stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint NumberOf(uint entry, ulong bits) => Meanings[CodeTable.SymbolOf(entry)].In(entry, bits);
}
