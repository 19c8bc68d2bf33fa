using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What a symbol stands for: a number, to which the bits below the symbol are added.</summary>
/// <param name="Least">The number.</param>
/// <param name="Mask">As many ones as there are bits below.</param>
internal readonly record struct Meaning(int Least, uint Mask)
{
    /// <summary>The number that an entry of <see cref="CodeTable"/> stands for; <paramref name="bits"/> begin with its code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint In(uint entry, ulong bits) => Least + (nint)((uint)(bits >> -(int)entry) & Mask);
}
