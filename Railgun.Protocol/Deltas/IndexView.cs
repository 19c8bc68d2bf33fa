using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas;

/// <summary>What looks into a <see cref="BaseIndex"/> need, to be held in registers.</summary>
internal readonly unsafe struct IndexView(Vector128<uint>* buckets, int bucketShift, int placeBits)
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly Vector128<uint>* _buckets = buckets;
    private readonly int _bucketShift = bucketShift;
    private readonly int _placeBits = placeBits;

    /// <summary>The hash of the <see cref="BaseIndex.Grain"/> low bytes of <paramref name="word"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong word) => (word << (64 - (8 * BaseIndex.Grain))) * Multiplier;

    /// <summary>What is kept of a hash above the place: bits that did not choose the bucket, never none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint TagOf(ulong hash, int placeBits) => (uint)(hash >> 8) | (1u << placeBits);

    /// <summary>As <see cref="BaseIndex.Look"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Look(ulong word, out Vector128<uint> bucket)
    {
        ulong hash = Hash(word);
        bucket = _buckets[hash >> _bucketShift];
        return Vector128.Equals(bucket >>> _placeBits, Vector128.Create(TagOf(hash, _placeBits) >> _placeBits)).ExtractMostSignificantBits();
    }
}
