namespace Railgun.Protocol.Versions;

/// <summary>
/// Blocks of whole pages for bodies of middle size, in classes of size (four to eight between a size and its double). Some freed blocks are kept for
/// the next body: the first touch of a fresh page costs up to 3 µs on a virtual machine, more than hashing what stands on it. Thread-safe.
/// </summary>
internal static unsafe class PageBlocks
{
    /// <summary>The smallest block, in bytes.</summary>
    public const int Smallest = 16 * 1024;

    /// <summary>The largest block, in bytes.</summary>
    public const int Largest = 256 * 1024;

    /// <summary>The most bytes of freed blocks that are kept.</summary>
    public const long MaxKept = 8L * 1024 * 1024;

    private const int Unit = 4096;
    private const int StepsPerDouble = 8;

    private static readonly Lock Gate = new();
    private static readonly Stack<nint>[] Kept = [.. Enumerable.Range(0, (Largest / Unit) + 1).Select(_ => new Stack<nint>())];
    private static long _keptBytes;
    private static int _victim;

    /// <summary>The size of the block for <paramref name="length"/> bytes, which must be within <see cref="Smallest"/> and <see cref="Largest"/>.</summary>
    public static int SizeFor(int length)
    {
        int step = Math.Max(Unit, (1 << int.Log2(length)) / StepsPerDouble);
        return (length + step - 1) / step * step;
    }

    /// <summary>Takes a block of <paramref name="size"/> bytes, a size from <see cref="SizeFor"/>; null if the kernel has none. What it holds is undefined.</summary>
    public static byte* TryTake(int size)
    {
        lock (Gate)
        {
            if (Kept[size / Unit].TryPop(out nint block))
            {
                _keptBytes -= size;
                return (byte*)block;
            }
        }

        return NativePages.TryTake((nuint)size);
    }

    /// <summary>Gives a block back.</summary>
    public static void Return(byte* block, int size)
    {
        lock (Gate)
        {
            Kept[size / Unit].Push((nint)block);
            _keptBytes += size;
            while (_keptBytes > MaxKept)
            {
                FreeOne();
            }
        }
    }

    /// <summary>Frees one kept block of each class in turn, so that classes nobody asks for any more do not fill the room.</summary>
    private static void FreeOne()
    {
        do
        {
            _victim = (_victim + 1) % Kept.Length;
        }
        while (Kept[_victim].Count == 0);

        int size = _victim * Unit;
        NativePages.Free((byte*)Kept[_victim].Pop(), 0, (nuint)size);
        _keptBytes -= size;
    }
}
