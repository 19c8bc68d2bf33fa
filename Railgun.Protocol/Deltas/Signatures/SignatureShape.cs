using System.Numerics;

namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>How a body is cut into blocks, and how many bits say each. All blocks but the last are equally long; that one is what is left.</summary>
/// <param name="Length">Bytes in the body.</param>
/// <param name="Block">Bytes in a block.</param>
/// <param name="Bits">Bits of each block's hash.</param>
internal readonly record struct SignatureShape(int Length, int Block, int Bits)
{
    /// <summary>Shorter bodies have no signature: plain compression takes little more.</summary>
    public const int MinLength = 512;

    /// <summary>The longest body, in bytes.</summary>
    public const int MaxLength = 32 * 1024 * 1024;

    /// <summary>The shortest block, in bytes.</summary>
    public const int MinBlock = 64;

    /// <summary>The longest block, in bytes.</summary>
    public const int MaxBlock = 16 * 1024;

    /// <summary>The fewest bits of a hash.</summary>
    public const int MinBits = 16;

    /// <summary>The most bits of a hash.</summary>
    public const int MaxBits = 32;

    /// <summary>The longest signature, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Long bodies get longer blocks, so that a signature stays below <see cref="MaxBytes"/>.</summary>
    private const int LongestHashes = MaxBytes - 1024;

    /// <summary>Bytes of body for each bit of its signature: so that takes 1 part in 104.</summary>
    private const int BytesPerBit = 13;

    /// <summary>Bodies shorter than this get shorter blocks, by the square root: a change costs a block, and a hundredth of a short body is next to nothing.</summary>
    private const int FullBlock = 16 * 1024;

    /// <summary>Log of the odds against a false match in a body that has nothing in common with the signature; rsync's bias is 10, too.</summary>
    private const int Bias = 8;

    /// <summary>How many blocks there are.</summary>
    public int Blocks => (Length + Block - 1) / Block;

    /// <summary>Bytes in the last block where it is shorter than the others; 0 where it is not.</summary>
    public int Tail => Length % Block;

    /// <summary>Bytes that the hashes take.</summary>
    public int HashBytes => (int)((((long)Blocks * Bits) + 7) / 8);

    /// <summary>The shape for a body of <paramref name="length"/> bytes, 1 to <see cref="MaxLength"/>.</summary>
    /// <remarks>
    /// Bits as rsync reasons them: they grow with the number of places where a false match might be found (<see cref="BlockMatcher"/> says which places count).
    /// The block is then as short as one per cent of the body allows: each change costs about a block of text that is not known.
    /// </remarks>
    public static SignatureShape Of(int length)
    {
        int bits = Math.Clamp(BitOperations.Log2((uint)length) + 1 + Bias, MinBits, MaxBits);
        int share = (int)(bits * BytesPerBit * Math.Min(1, Math.Sqrt(length / (double)FullBlock)));
        int least = (int)((((long)length * bits) + (8L * LongestHashes) - 1) / (8L * LongestHashes));
        return new SignatureShape(length, Math.Clamp(Math.Max(share, least), MinBlock, MaxBlock), bits);
    }

    /// <summary>Whether the numbers, which a peer has said, are within their limits.</summary>
    public bool IsSound =>
        Length is >= 1 and <= MaxLength && Block is >= MinBlock and <= MaxBlock && Bits is >= MinBits and <= MaxBits && HashBytes <= MaxBytes;

    /// <summary>Where a block lies in the body.</summary>
    public (int Start, int Length) this[int block] => (block * Block, Math.Min(Block, Length - (block * Block)));
}
