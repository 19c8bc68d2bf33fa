namespace Railgun.Protocol.Engine;

/// <summary>
/// Counts payload buffers that are out, so that tests can tell a leak: when nothing is in flight both numbers are zero.
/// </summary>
internal static class PayloadLedger
{
    // Both in one number, so that a buffer costs one write that all threads share: the bytes, up to a terabyte, below the count.
    private const int CountAt = 40;
    private const long One = 1L << CountAt;

    private static long _out;

    /// <summary>Payloads not yet disposed, in this process.</summary>
    public static long Count => Volatile.Read(ref _out) >> CountAt;

    /// <summary>Their bytes.</summary>
    public static long Bytes => Volatile.Read(ref _out) & (One - 1);

    internal static void Rented(int length) => Interlocked.Add(ref _out, One + length);

    internal static void Grew(bool isNew, int length) => Interlocked.Add(ref _out, (isNew ? One : 0) + length);

    internal static void Returned(int length) => Interlocked.Add(ref _out, -One - length);
}
