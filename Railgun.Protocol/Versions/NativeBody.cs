using System.Buffers;
using System.Runtime.InteropServices;

namespace Railgun.Protocol.Versions;

/// <summary>
/// The memory of one body, outside the managed heap, in one piece that never moves. Its owner frees it, once; there is no finalizer, since one
/// could free bytes that a span still shows. Large blocks are pages of their own, small ones (under <see cref="PagesFrom"/>) come from the process's heap.
/// </summary>
internal sealed unsafe class NativeBody : MemoryManager<byte>
{
    /// <summary>From this length on a block is whole pages: rounding wastes an eighth at most.</summary>
    public const int PagesFrom = 16 * 1024;

    private readonly bool _pages;
    private byte* _block;
    private int _capacity;
    private int _length;

    private NativeBody(byte* block, int capacity, int length, bool pages)
    {
        _block = block;
        _capacity = capacity;
        _length = length;
        _pages = pages;
    }

    /// <summary>The body's bytes so far.</summary>
    public int Length => _length;

    /// <summary>Bytes of memory that the block takes once trimmed: whole pages where it is made of pages.</summary>
    public long Footprint => _pages ? (long)NativePages.Round((nuint)_length) : _length;

    /// <summary>How many more bytes can be appended.</summary>
    public int Room => _capacity - _length;

    /// <summary>A block that holds <paramref name="body"/>, and no more.</summary>
    /// <exception cref="OutOfMemoryException">The process has no memory left.</exception>
    public static NativeBody Copy(ReadOnlySpan<byte> body)
    {
        NativeBody made = body.Length >= PagesFrom && TryReserve(body.Length) is { } pages ? pages : FromHeap(body.Length);
        made.Append(body);
        return made;
    }

    /// <summary>
    /// A block to which up to <paramref name="capacity"/> bytes can be appended; it takes memory only as they come. Null if the platform cannot.
    /// </summary>
    public static NativeBody? TryReserve(int capacity)
    {
        byte* block = NativePages.Supported ? NativePages.TryTake((nuint)capacity) : null;
        return block is null ? null : new NativeBody(block, capacity, 0, pages: true);
    }

    /// <summary>An empty block from the process's heap.</summary>
    /// <exception cref="OutOfMemoryException">The process has no memory left.</exception>
    public static NativeBody FromHeap(int capacity) =>
        new((byte*)NativeMemory.Alloc((nuint)Math.Max(capacity, 1)), capacity, 0, pages: false);

    /// <summary>Appends <paramref name="bytes"/>, of which there must not be more than <see cref="Room"/>.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_block is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, Room, nameof(bytes));
        bytes.CopyTo(new Span<byte>(_block + _length, Room));
        _length += bytes.Length;
        NativeLedger.Add(bytes.Length);
    }

    /// <summary>Gives back the room that was not used. Nothing can be appended after it.</summary>
    public void Trim()
    {
        if (_pages)
        {
            NativePages.Free(_block, (nuint)_length, (nuint)_capacity);
        }

        _capacity = _length;
    }

    /// <summary>Frees the block.</summary>
    public void Free() => Dispose(true);

    /// <inheritdoc/>
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_block is null, this);
        return new Span<byte>(_block, _length);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_block is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length, nameof(elementIndex));
        return new MemoryHandle(_block + elementIndex);
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_block is null)
        {
            return;
        }

        byte* block = _block;
        _block = null;
        NativeLedger.Add(-_length);
        if (_pages)
        {
            NativePages.Free(block, 0, (nuint)_capacity);
        }
        else
        {
            NativeMemory.Free(block);
        }
    }
}
