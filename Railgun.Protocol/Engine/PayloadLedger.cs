namespace Railgun.Protocol.Engine;

/// <summary>
/// Counts payload buffers that are out, so that tests and the metrics can tell a leak: when nothing is in flight both numbers are zero.
/// </summary>
internal static class PayloadLedger
{
    private static long _count;
    private static long _bytes;

    /// <summary>Payloads not yet disposed, in this process.</summary>
    public static long Count => Volatile.Read(ref _count);

    /// <summary>Their bytes.</summary>
    public static long Bytes => Volatile.Read(ref _bytes);

    internal static void Rented(int length)
    {
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _bytes, length);
    }

    internal static void Grew(bool isNew, int length)
    {
        Interlocked.Add(ref _count, isNew ? 1 : 0);
        Interlocked.Add(ref _bytes, length);
    }

    internal static void Returned(int length)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -length);
    }
}
