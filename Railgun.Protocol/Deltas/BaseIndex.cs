using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Railgun.Protocol.Deltas;

/// <summary>
/// Finds where a version says what a target says: a table from the hash of a few bytes to the last place that has them. Made once per
/// version, then immutable: any number of encodings may use it at once. Its memory is at most twice that of the body plus 4 KB.
/// </summary>
internal sealed unsafe class BaseIndex : IDisposable
{
    /// <summary>Bytes that are hashed together.</summary>
    public const int Grain = 6;

    /// <summary>Each how many bytes of the body a place is entered: any stretch of <see cref="Grain"/> + 1 bytes has one.</summary>
    public const int Step = 2;

    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const int SmallestLog = 8;

    private readonly uint* _slots;
    private readonly int _shift;
    private bool _disposed;

    private BaseIndex(int log)
    {
        _shift = 64 - log;
        MemoryBytes = sizeof(uint) * (1L << log);
        _slots = (uint*)NativeMemory.AllocZeroed((nuint)MemoryBytes);
    }

    /// <summary>Gives the memory back if nobody did.</summary>
    ~BaseIndex() => Release();

    /// <summary>Bytes of memory it holds.</summary>
    public long MemoryBytes { get; }

    /// <summary>Makes the index of <paramref name="body"/>, at most <see cref="DeltaLimits.MaxBase"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The body is longer.</exception>
    public static BaseIndex Build(ReadOnlyMemory<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, DeltaLimits.MaxBase);
        var index = new BaseIndex(Math.Max(SmallestLog, BitOperations.Log2((uint)Math.Max(1, body.Length / 2))));
        index.Enter(body.Span);
        return index;
    }

    /// <summary>A place in the body that may agree with the <see cref="Grain"/> low bytes of <paramref name="word"/>; -1 for none. To be compared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong word) => (int)_slots[Hash(word) >> _shift] - 1;

    /// <summary>Gives the memory back. Nobody may use the index any more.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ulong word) => (word << (64 - (8 * Grain))) * Multiplier;

    private void Enter(ReadOnlySpan<byte> body)
    {
        fixed (byte* bytes = body)
        {
            // Backwards, so that the first of equal places stays.
            for (int at = (body.Length - sizeof(ulong)) & -Step; at >= 0; at -= Step)
            {
                _slots[Hash(Unsafe.ReadUnaligned<ulong>(bytes + at)) >> _shift] = (uint)at + 1;
            }
        }
    }

    private void Release()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.Free(_slots);
        }
    }
}
