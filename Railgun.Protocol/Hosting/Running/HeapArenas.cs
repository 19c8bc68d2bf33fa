using System.Runtime.InteropServices;

namespace Railgun.Hosting.Running;

/// <summary>
/// Bounds the arenas of the C library's heap, where small bodies, indexes and the TLS library live. glibc gives threads arenas of their own, up to eight a
/// processor, and what is freed in one is of no use to the others: a daemon that runs for months would hold several times what it uses.
/// </summary>
internal static partial class HeapArenas
{
    /// <summary>Two, so that two threads seldom wait for each other; small blocks have a cache per thread before that.</summary>
    private const int Most = 2;

    private const int ArenaMax = -8; // M_ARENA_MAX of mallopt(3)

    /// <summary>Bounds them, where the C library can; to be called before other threads start.</summary>
    public static void Bound()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is not null)
        {
            return;
        }

        try
        {
            _ = SetOption(ArenaMax, Most);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library (musl): it has no arenas.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
