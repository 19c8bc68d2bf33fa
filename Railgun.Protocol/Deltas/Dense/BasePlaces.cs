using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Where six bytes stand in a version: a table of each <see cref="Step"/>th place, the first of equal ones (DELTA_FORMAT.md, Preparation). Made when the first
/// encoding needs it, then immutable: any number of encodings at the dense level may use it at once. Its memory is at most twice that of the body, or 4 KB, and
/// never more than 512 KB.
/// </summary>
internal sealed unsafe class BasePlaces : IDisposable
{
    /// <summary>Bytes that are looked up together.</summary>
    public const int Grain = 6;

    private const int Step = 4;
    private const int SmallestLog = 10;
    private const int LargestLog = 17;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly Lock _making = new();
    private readonly int _log;
    private volatile uint* _table;
    private bool _disposed;

    /// <summary>That of <paramref name="body"/>, which must stay as it is; takes no memory yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The body is longer than <see cref="DeltaLimits.MaxBase"/>.</exception>
    public BasePlaces(ReadOnlyMemory<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, DeltaLimits.MaxBase);
        _body = body;
        _log = LogFor(body.Length);
    }

    /// <summary>Gives the memory back if nobody did.</summary>
    ~BasePlaces() => Release();

    /// <summary>Bytes of memory it takes, once it is made.</summary>
    public long MemoryBytes => sizeof(uint) << _log;

    /// <summary>By how much <see cref="Hash"/> is shifted to give an entry.</summary>
    public int Shift => 64 - _log;

    /// <summary>Its entries, made if they are not yet: a place in the body and 1 more, or 0 for none.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public uint* Table()
    {
        uint* made = _table;
        return made != null ? made : Make();
    }

    /// <summary>The table of a body of <paramref name="length"/> bytes has 2 to the power of this entries.</summary>
    public static int LogFor(int length) => Math.Clamp(BitOperations.Log2((uint)(length / Step) | 1) + 1, SmallestLog, LargestLog);

    /// <summary>Enters each place of a body, <paramref name="origin"/> more than it is, into a table of 2^(64 - <paramref name="shift"/>) entries. Bodies of less than 8 bytes have none.</summary>
    public static void Enter(byte* body, int length, uint* table, uint origin, int shift)
    {
        for (int at = (length - sizeof(ulong)) & -Step; at >= 0; at -= Step)
        {
            table[Hash(Unsafe.ReadUnaligned<ulong>(body + at)) >> shift] = origin + (uint)at;
        }
    }

    /// <summary>The hash of the <see cref="Grain"/> low bytes of <paramref name="word"/>, its best bits highest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong word) => (word << (64 - (8 * Grain))) * Multiplier;

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private uint* Make()
    {
        lock (_making)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_table == null)
            {
                uint* table = (uint*)NativeMemory.AlignedAlloc((nuint)MemoryBytes, 64);
                NativeMemory.Clear(table, (nuint)MemoryBytes);
                fixed (byte* body = _body.Span)
                {
                    Enter(body, _body.Length, table, 1, Shift);
                }

                _table = table;
            }

            return _table;
        }
    }

    private void Release()
    {
        _disposed = true;
        NativeMemory.AlignedFree(_table);
        _table = null;
    }
}
