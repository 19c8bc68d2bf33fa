namespace Railgun.Protocol.Frames;

/// <summary>Signed differences as varints: 0, -1, 1, -2 … are 0, 1, 2, 3 …</summary>
internal static class ZigZag
{
    /// <summary>The number that stands for <paramref name="value"/>.</summary>
    public static ulong Of(long value) => ((ulong)(value << 1) ^ (ulong)(value >> 63)) & Varint.Max;

    /// <summary>What <paramref name="number"/> stands for.</summary>
    public static long Back(ulong number) => (long)(number >> 1) ^ -(long)(number & 1);
}
