using System.Runtime.InteropServices;

namespace Railgun.Protocol.Tests.Deltas.Fast;

/// <summary>Bytes behind which nothing may be read, or before which: that would end the process. Where there are no such pages (other systems than Linux), plain ones.</summary>
internal sealed unsafe partial class GuardedBytes : IDisposable
{
    private const int Read = 1;
    private const int Write = 2;
    private const int PrivateAnonymous = 0x22;

    private readonly nint _pages;
    private readonly nuint _size;
    private readonly byte[] _plain = [];
    private readonly int _length;
    private readonly bool _atFront;

    /// <summary>A copy of <paramref name="bytes"/>: nothing can be read right behind them; or if they are <paramref name="atFront"/>, right before them.</summary>
    public GuardedBytes(ReadOnlySpan<byte> bytes, bool atFront = false)
    {
        _atFront = atFront;
        _length = bytes.Length;
        if (!OperatingSystem.IsLinux())
        {
            _plain = bytes.ToArray();
            return;
        }

        nuint page = (nuint)Environment.SystemPageSize;
        _size = (((nuint)bytes.Length + page - 1) / page * page) + (2 * page);
        _pages = Map(0, _size, Read | Write, PrivateAnonymous, -1, 0);
        Assert.That(_pages, Is.Not.EqualTo(-1));
        Assert.That(Protect(_pages + (nint)(_size - page), page, 0), Is.Zero);
        Assert.That(Protect(_pages, page, 0), Is.Zero);
        bytes.CopyTo(new Span<byte>(Begin, _length));
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _size == 0 ? _plain : new ReadOnlySpan<byte>(Begin, _length);

    private byte* Begin => (byte*)_pages + (_atFront ? Environment.SystemPageSize : (nint)_size - Environment.SystemPageSize - _length);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_size != 0)
        {
            _ = Unmap(_pages, _size);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint at, nuint size, int access, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint at, nuint size, int access);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint at, nuint size);
}
