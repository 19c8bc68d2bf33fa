using System.Buffers;
using System.Runtime.InteropServices;

namespace Railgun.Protocol.Versions;

/// <summary>
/// The memory of one body, outside the managed heap, in one piece that never moves. Its owner frees it, once; there is no finalizer, since one
/// could free bytes that a span still shows.
/// <code>
///   length            while it grows            once it is whole
///   under 16 KB       (a pooled array)          Heap: the process's heap
///   up to 256 KB      Region                    Block: copied, so that the region serves again
///   up to 32 MB       Region                    Pages: what the region has beyond it is given back
///   no such pages     Heap, doubled             Heap: copied
/// </code>
/// </summary>
internal sealed unsafe class NativeBody : MemoryManager<byte>
{
    private byte* _block;
    private int _capacity;
    private int _length;
    private Source _source;

    private NativeBody(byte* block, int capacity, Source source)
    {
        _block = block;
        _capacity = capacity;
        _source = source;
    }

    private enum Source : byte
    {
        Heap,
        Block,
        Region,
        Pages,
    }

    /// <summary>The body's bytes so far.</summary>
    public int Length => _length;

    /// <summary>How many more bytes can be appended.</summary>
    public int Room => _capacity - _length;

    /// <summary>Bytes of memory that a whole body takes.</summary>
    public long Footprint => _source == Source.Pages ? (long)NativePages.Round((nuint)_length) : _capacity;

    /// <summary>A body to which bytes can be appended: as many as a region holds, or where there are no regions, <paramref name="capacity"/>.</summary>
    /// <exception cref="OutOfMemoryException">The process has no memory left.</exception>
    public static NativeBody Growing(int capacity)
    {
        byte* region = PageRegions.TryTake();
        return region is null ? FromHeap(capacity) : new NativeBody(region, PageRegions.Size, Source.Region);
    }

    /// <summary>A whole body that holds <paramref name="bytes"/>.</summary>
    /// <exception cref="OutOfMemoryException">The process has no memory left.</exception>
    public static NativeBody Copy(ReadOnlySpan<byte> bytes)
    {
        NativeBody made = TryBlock(bytes.Length) ?? FromHeap(bytes.Length);
        made.Append(bytes);
        return made;
    }

    /// <summary>The whole body in memory of its size: this one, or a copy, after which this one is freed.</summary>
    /// <exception cref="OutOfMemoryException">The process has no memory left; this one is as before.</exception>
    public NativeBody Whole()
    {
        if (_source == Source.Region && _length > PageBlocks.Largest)
        {
            NativePages.Free(_block, (nuint)_length, (nuint)_capacity);
            _capacity = _length;
            _source = Source.Pages;
            return this;
        }

        NativeBody copy = Copy(GetSpan());
        Free();
        return copy;
    }

    /// <summary>Appends <paramref name="bytes"/>, of which there must not be more than <see cref="Room"/>.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_block is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, Room, nameof(bytes));
        bytes.CopyTo(new Span<byte>(_block + _length, Room));
        _length += bytes.Length;
        NativeLedger.Add(bytes.Length);
    }

    /// <summary>Frees the memory.</summary>
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
        switch (_source)
        {
            case Source.Block:
                PageBlocks.Return(block, _capacity);
                break;
            case Source.Region:
                PageRegions.Return(block, _length);
                break;
            case Source.Pages:
                NativePages.Free(block, 0, (nuint)_capacity);
                break;
            default:
                NativeMemory.Free(block);
                break;
        }
    }

    private static NativeBody? TryBlock(int length)
    {
        if (!NativePages.Supported || length is < PageBlocks.Smallest or > PageBlocks.Largest)
        {
            return null;
        }

        int size = PageBlocks.SizeFor(length);
        byte* block = PageBlocks.TryTake(size);
        return block is null ? null : new NativeBody(block, size, Source.Block);
    }

    private static NativeBody FromHeap(int capacity) =>
        new((byte*)NativeMemory.Alloc((nuint)Math.Max(capacity, 1)), capacity, Source.Heap);
}
