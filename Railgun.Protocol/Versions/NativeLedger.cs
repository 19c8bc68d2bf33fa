namespace Railgun.Protocol.Versions;

/// <summary>Counts the bytes that bodies hold outside the managed heap, so that tests and the metrics can tell a leak.</summary>
internal static class NativeLedger
{
    private static long _bytes;

    /// <summary>Bytes not yet freed, in this process: of bodies, stored or still being received.</summary>
    public static long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Notes bytes taken, or with a negative number bytes freed.</summary>
    public static void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
