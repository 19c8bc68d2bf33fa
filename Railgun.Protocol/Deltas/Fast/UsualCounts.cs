namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What is expected before anything is known: counts that histories of pages have shown.</summary>
internal static class UsualCounts
{
    /// <summary>Of kinds and runs.</summary>
    public static UsualCode Commands { get; } = new(CommandCounts);

    /// <summary>Of lengths of aligned copies.</summary>
    public static UsualCode Lengths { get; } = new(LengthCounts);

    /// <summary>Of lengths of other copies.</summary>
    public static UsualCode OtherLengths { get; } = new(OtherLengthCounts);

    /// <summary>Of near places.</summary>
    public static UsualCode Nears { get; } = new(NearCounts);

    /// <summary>Of jumps.</summary>
    public static UsualCode Jumps { get; } = new(JumpCounts);

    /// <summary>Of distances.</summary>
    public static UsualCode Distances { get; } = new(DistanceCounts);

    /// <summary>Of new bytes.</summary>
    public static UsualCode Bytes { get; } = new(ByteCounts);

    private static ReadOnlySpan<byte> CommandCounts =>
    [
        89, 34, 20, 10, 8, 19, 7, 2, 13, 2, 1, 1, 1, 1, 2, 1,
        2, 3, 1, 1, 1, 1, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1,
        10, 2, 2, 2, 3, 8, 7, 2, 10, 1, 1, 1, 1, 1, 1, 1,
        59, 5, 3, 2, 3, 7, 10, 3, 89, 7, 4, 4, 5, 12, 12, 3,
        1, 1, 1, 1, 1, 1, 1, 1,
    ];

    private static ReadOnlySpan<byte> LengthCounts =>
    [
        49, 1, 1, 4, 14, 18, 15, 11, 9, 7, 7, 7, 4, 2, 3, 3,
        9, 24, 38, 45, 41, 28, 20, 17, 12, 8, 10, 12, 9, 7, 7, 8,
        10, 10, 6, 4, 3, 2, 3, 3, 4, 3, 2, 1,
    ];

    private static ReadOnlySpan<byte> OtherLengthCounts =>
    [
        14, 1, 1, 2, 12, 23, 29, 35, 36, 29, 20, 16, 13, 10, 8, 7,
        14, 27, 34, 34, 29, 25, 19, 12, 9, 6, 5, 4, 4, 4, 4, 3,
        3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1,
    ];

    private static ReadOnlySpan<byte> NearCounts =>
    [
        10, 6, 3, 14, 3, 4, 3, 15, 15, 20, 28, 23, 40, 29, 25, 30,
        31, 28, 22, 21, 17, 13, 11, 15, 11, 9, 10, 7, 11, 11, 10, 6,
    ];

    private static ReadOnlySpan<byte> JumpCounts =>
    [
        1, 1, 1, 1, 1, 1, 3, 1, 9, 2, 16, 3, 16, 5, 13, 8,
        17, 12, 24, 18, 25, 22, 26, 25, 30, 27, 31, 26, 27, 23, 19, 17,
        13, 13, 8, 8, 4, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];

    private static ReadOnlySpan<byte> DistanceCounts =>
    [
        2, 1, 1, 1, 1, 2, 5, 8, 8, 18, 33, 32, 29, 33, 37, 37,
        34, 32, 29, 25, 18, 15, 16, 15, 10, 7, 7, 8, 9, 9, 5, 5,
        7, 5, 2, 1, 1, 1, 1, 1, 1, 1,
    ];

    private static ReadOnlySpan<byte> ByteCounts =>
    [
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 15, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        88, 1, 6, 1, 1, 1, 1, 2, 2, 1, 1, 1, 10, 28, 23, 11,
        72, 81, 85, 71, 68, 68, 58, 58, 57, 57, 25, 1, 2, 1, 6, 1,
        1, 6, 4, 5, 4, 5, 3, 3, 3, 4, 2, 2, 4, 5, 4, 4,
        4, 1, 6, 7, 9, 2, 2, 3, 1, 1, 1, 1, 2, 2, 1, 1,
        1, 70, 26, 34, 36, 96, 28, 17, 24, 53, 3, 10, 34, 22, 55, 49,
        18, 1, 48, 47, 52, 30, 9, 13, 4, 12, 4, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];
}
