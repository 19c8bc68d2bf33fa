namespace Railgun.Protocol.Deltas.Fast;

/// <summary>How a segment with many new bytes lies in streams: four of those, and two of commands, which take turns.</summary>
internal static class ByteStreams
{
    /// <summary>How many streams there are of new bytes.</summary>
    public const int Count = 4;

    /// <summary>Before the streams: the lengths of the first three, two bytes each, and that of the first one of commands.</summary>
    public const int HeadSize = CommandsAt + 3;

    /// <summary>Where in the head that last length is.</summary>
    public const int CommandsAt = 6;

    /// <summary>The code is made anew once so many bytes of each stream have been said, then at four times as many each time, as long as so many are left.</summary>
    private const int FirstRound = 512;

    /// <summary>The most rounds that a segment may have.</summary>
    public const int MaxRounds = 4;

    /// <summary>Where the round ends that begins at <paramref name="begin"/> of each stream; the last one at <paramref name="quarter"/>.</summary>
    public static int EndOfRound(int begin, int quarter)
    {
        int end = Math.Max(FirstRound, 4 * begin);
        return quarter - end < FirstRound ? quarter : end;
    }

    /// <summary>How many bytes are in each of the first three streams; the last has what is left.</summary>
    public static int QuarterOf(int count) => (count + 3) >> 2;
}
