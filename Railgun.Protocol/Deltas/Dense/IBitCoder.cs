using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Codes bits in one direction. An encoder writes the bit that it is given and returns it; a decoder ignores it and returns the one that
/// it reads. So one description of the models serves both sides and they cannot differ.
/// </summary>
internal interface IBitCoder
{
    /// <summary>Whether it writes what it is given.</summary>
    static abstract bool Encodes { get; }

    /// <summary>There was no room for all that was written: nothing of it is of use.</summary>
    bool IsFull { get; }

    /// <summary>How many bytes of the payload were written, or read.</summary>
    int Taken { get; }

    /// <summary>Codes a bit whose chance to be 1 is <paramref name="chance"/> 65,536ths (1 to 65,535).</summary>
    int Code(int bit, uint chance);

    /// <summary>Codes one of sixteen nibbles; <paramref name="bounds"/> are the chances in 32,768ths that it is below 1 to 15, in the lanes 0 to 14. Tells its own chance, too.</summary>
    int CodeNibble(int nibble, Vector256<short> bounds, out int chance);
}
