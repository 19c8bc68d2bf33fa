using System.Runtime.InteropServices;

namespace Railgun.Hosting.Running;

/// <summary>
/// Bounds what the C library's heap keeps for itself; small bodies, indexes, compressors and the TLS library live there. glibc gives threads arenas of
/// their own, up to eight a processor, and what is freed in one is of no use to the others; and once a large block was freed, it keeps the next one of that
/// size instead of giving it back. A daemon that runs for months would hold several times what it uses (mallopt(3)).
/// </summary>
internal static partial class NativeHeap
{
    /// <summary>Two, so that two threads seldom wait for each other; small blocks have a cache per thread before that.</summary>
    private const int MostArenas = 2;

    /// <summary>Blocks from this many bytes on are pages of their own, given back when they are freed. It is where glibc begins, too.</summary>
    private const int OwnPages = 128 * 1024;

    private const int ArenaMax = -8;      // M_ARENA_MAX
    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD: once set, it moves no more

    /// <summary>Bounds it, where the C library can; to be called before other threads start.</summary>
    public static void Bound()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(ArenaMax, MostArenas);
            _ = SetOption(MmapThreshold, OwnPages);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library (musl): it has no arenas.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
