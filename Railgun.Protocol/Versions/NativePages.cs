using System.Runtime.InteropServices;

namespace Railgun.Protocol.Versions;

/// <summary>
/// Whole pages of memory straight from the kernel. They are resident only once written, and gone the moment they are freed: a heap that serves bodies
/// of all sizes for months would keep holes instead. Linux only; elsewhere bodies come from the process's heap.
/// </summary>
internal static unsafe partial class NativePages
{
    private const int ReadWrite = 1 | 2;               // PROT_READ | PROT_WRITE
    private const int PrivateAnonymous = 0x02 | 0x20;  // MAP_PRIVATE | MAP_ANONYMOUS
    private const int NoReserve = 0x4000;              // MAP_NORESERVE
    private const int NoHugePage = 15;                 // MADV_NOHUGEPAGE

    private const int DontNeed = 4;                    // MADV_DONTNEED

    private static readonly nint Failed = -1;

    /// <summary>Whether pages can be had on this platform.</summary>
    public static bool Supported { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary><paramref name="length"/> rounded up to whole pages.</summary>
    public static nuint Round(nuint length)
    {
        nuint mask = (nuint)Environment.SystemPageSize - 1;
        return (length + mask) & ~mask;
    }

    /// <summary>Takes room for <paramref name="length"/> bytes, zeroed; null if the kernel has none.</summary>
    public static byte* TryTake(nuint length)
    {
        nuint rounded = Round(length);
        nint address = Map(0, rounded, ReadWrite, PrivateAnonymous | NoReserve, -1, 0);
        if (address == Failed)
        {
            return null;
        }

        // A huge page would make 2 MB resident at the first byte of a small body. Kernels without huge pages refuse; that is as good.
        _ = Advise(address, rounded, NoHugePage);
        return (byte*)address;
    }

    /// <summary>Frees the pages from <paramref name="start"/> on; both numbers are counted from a block's begin and rounded up to pages.</summary>
    public static void Free(byte* block, nuint start, nuint end)
    {
        nuint from = Round(start);
        nuint to = Round(end);
        if (to > from)
        {
            _ = Unmap((nint)(block + from), to - from);
        }
    }

    /// <summary>Frees the memory of the pages from <paramref name="start"/> on but not their addresses: written again, they come back zeroed.</summary>
    public static void Empty(byte* block, nuint start, nuint end)
    {
        nuint from = Round(start);
        nuint to = Round(end);
        if (to > from)
        {
            _ = Advise((nint)(block + from), to - from, DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
