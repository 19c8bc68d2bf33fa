using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Versions;

/// <summary>
/// Stretches of address space, each long enough for the longest version, in which bodies grow without ever moving. Some are kept for the next
/// body, with as many pages as a body of middle size needs. Thread-safe.
/// </summary>
internal static unsafe class PageRegions
{
    /// <summary>Bytes of a region.</summary>
    public const int Size = Limits.MaxVersion;

    private const int MaxKept = 16;
    private const int KeptBytes = PageBlocks.Largest;

    private static readonly Lock Gate = new();
    private static readonly Stack<nint> Kept = new(MaxKept);

    /// <summary>Takes a region; null if the platform or the kernel has none. What it holds is undefined.</summary>
    public static byte* TryTake()
    {
        lock (Gate)
        {
            if (Kept.TryPop(out nint region))
            {
                return (byte*)region;
            }
        }

        return NativePages.Supported ? NativePages.TryTake(Size) : null;
    }

    /// <summary>Gives a region back, of which the first <paramref name="used"/> bytes were written.</summary>
    public static void Return(byte* region, int used)
    {
        if (used > KeptBytes)
        {
            NativePages.Empty(region, KeptBytes, (nuint)used);
        }

        lock (Gate)
        {
            if (Kept.Count < MaxKept)
            {
                Kept.Push((nint)region);
                return;
            }
        }

        NativePages.Free(region, 0, Size);
    }
}
