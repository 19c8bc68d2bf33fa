namespace Railgun.Protocol.Deltas.Fast;

/// <summary>How many new bytes of a segment lie in four streams.</summary>
internal static class ByteStreams
{
    /// <summary>Before the streams: the lengths of the first three, two bytes each.</summary>
    public const int HeadSize = 6;

    /// <summary>How many bytes are in each of the first three streams; the last has what is left.</summary>
    public static int QuarterOf(int count) => (count + 3) >> 2;
}
