using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Railgun.Protocol.Deltas.Signatures;

/// <summary>
/// What the hashes of one pair of processes depend on. Whoever writes pages does not know it, so nobody can prepare blocks that collide.
/// Both sides derive it from what they have said to each other; it is never sent.
/// </summary>
/// <param name="Point">Where polynomials are evaluated: 2^32 to <see cref="BlockHash.Modulus"/> - 1.</param>
/// <param name="Spread">Odd; mixes a value before it is cut to its bits.</param>
internal readonly record struct SignatureSeed(ulong Point, ulong Spread)
{
    private const ulong LeastPoint = 1UL << 32;

    /// <summary>The seed that belongs to some random bytes that both sides know (DELTA_FORMAT.md, Signatures).</summary>
    public static SignatureSeed Derive(ReadOnlySpan<byte> shared)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(shared, digest);
        ulong point = BinaryPrimitives.ReadUInt64LittleEndian(digest) % (BlockHash.Modulus - LeastPoint);
        return new SignatureSeed(LeastPoint + point, BinaryPrimitives.ReadUInt64LittleEndian(digest[sizeof(ulong)..]) | 1);
    }
}
