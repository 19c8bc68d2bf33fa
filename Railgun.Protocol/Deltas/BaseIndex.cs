using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Railgun.Protocol.Deltas;

/// <summary>
/// Finds where a version says what a target says: a table from the hash of a few bytes to the first four places that have them. Made once
/// per version, then immutable: any number of encodings may use it at once. Its memory is at most twice that of the body plus 1 KB.
/// </summary>
internal sealed unsafe class BaseIndex : IDisposable
{
    /// <summary>Bytes that are hashed together.</summary>
    public const int Grain = 7;

    /// <summary>Each how many bytes of the body a place is entered: any stretch of <see cref="Grain"/> + 1 bytes has one.</summary>
    public const int Step = 2;

    /// <summary>Places kept for one hash.</summary>
    public const int Ways = 4;

    private const int SmallestLog = 6;

    private readonly Vector128<uint>* _buckets;
    private readonly int _bucketShift;
    private readonly int _placeBits;
    private bool _disposed;

    private BaseIndex(int length, int indexed)
    {
        // A place for each Step bytes: as many as there is room for in buckets of four, rounded down to a power of two.
        int log = Math.Max(SmallestLog, BitOperations.Log2((uint)Math.Max(1, indexed / (Step * Ways))));
        _bucketShift = 64 - log;
        _placeBits = Math.Max(16, BitOperations.Log2((uint)Math.Max(1, length / Step)) + 1);
        MemoryBytes = (long)sizeof(Vector128<uint>) << log;
        _buckets = (Vector128<uint>*)NativeMemory.AlignedAlloc((nuint)MemoryBytes, 64);
        NativeMemory.Clear(_buckets, (nuint)MemoryBytes);
    }

    /// <summary>Gives the memory back if nobody did.</summary>
    ~BaseIndex() => Release();

    /// <summary>Bytes of memory it holds.</summary>
    public long MemoryBytes { get; }

    /// <summary>Makes the index of <paramref name="body"/>, at most <see cref="DeltaLimits.MaxBase"/> bytes.</summary>
    /// <param name="body">The body.</param>
    /// <param name="from">Places before this one are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The body is longer.</exception>
    public static BaseIndex Build(ReadOnlyMemory<byte> body, int from = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, DeltaLimits.MaxBase);
        var index = new BaseIndex(body.Length, body.Length - from);
        index.Enter(body.Span, from);
        return index;
    }

    /// <summary>The first place in the body that seems to agree with the <see cref="Grain"/> low bytes of <paramref name="word"/>; -1 for none. To be compared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong word)
    {
        uint ways = Look(word, out Vector128<uint> bucket);
        return ways == 0 ? -1 : PlaceIn(bucket, BitOperations.TrailingZeroCount(ways));
    }

    /// <summary>Which ways of the bucket for the <see cref="Grain"/> low bytes of <paramref name="word"/> seem to agree with them: a bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Look(ulong word, out Vector128<uint> bucket)
    {
        return View.Look(word, out bucket);
    }

    /// <summary>Looks as <see cref="Look"/> does, for who looks at many places one after the other.</summary>
    public IndexView View => new(_buckets, _bucketShift, _placeBits);

    /// <summary>Asks the processor for the bucket that <see cref="Look"/> will want.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(ulong word)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_buckets + (IndexView.Hash(word) >> _bucketShift));
        }
    }

    /// <summary>The place in one way of a bucket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PlaceIn(in Vector128<uint> bucket, int way) => (int)(bucket.GetElement(way) & ((1u << _placeBits) - 1)) * Step;

    /// <summary>Gives the memory back. Nobody may use the index any more.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Enter(ReadOnlySpan<byte> body, int from)
    {
        uint placeMask = (1u << _placeBits) - 1;
        fixed (byte* bytes = body)
        {
            // Backwards, so that the first of equal places stay.
            for (int at = (body.Length - sizeof(ulong)) & -Step; at >= from; at -= Step)
            {
                ulong hash = IndexView.Hash(Unsafe.ReadUnaligned<ulong>(bytes + at));
                var bucket = (ulong*)(_buckets + (hash >> _bucketShift));
                uint entry = (IndexView.TagOf(hash, _placeBits) & ~placeMask) | (uint)(at / Step);
                ulong elder = bucket[0];
                bucket[0] = (elder << 32) | entry;
                bucket[1] = (bucket[1] << 32) | (elder >> 32);
            }
        }
    }

    private void Release()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.AlignedFree(_buckets);
        }
    }
}
