namespace Railgun.Protocol.Deltas.Fast;

/// <summary>How a segment with many new bytes lies in streams: four of those, one of commands, and one of what commands copy.</summary>
internal static class ByteStreams
{
    /// <summary>Before the streams: the lengths of the first three, two bytes each, and that of the commands.</summary>
    public const int HeadSize = CommandsAt + 3;

    /// <summary>Where in the head the length of the commands is.</summary>
    public const int CommandsAt = 6;

    /// <summary>How many bytes are in each of the first three streams; the last has what is left.</summary>
    public static int QuarterOf(int count) => (count + 3) >> 2;
}
