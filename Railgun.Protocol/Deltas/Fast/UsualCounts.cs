namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What is expected before anything is known: counts that histories of pages have shown.</summary>
internal static class UsualCounts
{
    /// <summary>Of kinds and runs.</summary>
    public static UsualCode Commands { get; } = new(CommandCounts, PrefixCode.MaxBits, static symbol =>
        (FastModel.RunBases[symbol % FastModel.RunSteps], FastModel.RunBits[symbol % FastModel.RunSteps]));

    /// <summary>Of lengths of aligned copies.</summary>
    public static UsualCode Lengths { get; } = new(LengthCounts, PrefixCode.MaxBits, LengthOf);

    /// <summary>Of lengths of other copies.</summary>
    public static UsualCode OtherLengths { get; } = new(OtherLengthCounts, PrefixCode.MaxBits, LengthOf);

    /// <summary>Of near places.</summary>
    public static UsualCode Nears { get; } = new(NearCounts, PrefixCode.MaxBits, static symbol => (symbol - FastModel.NearBefore, 0));

    /// <summary>Of jumps.</summary>
    public static UsualCode Jumps { get; } = new(JumpCounts, PrefixCode.MaxBits, static symbol =>
        ((symbol & 1) == 0 ? (1 << (symbol >> 1)) - 1 : 2 - (2 << (symbol >> 1)), symbol >> 1));

    /// <summary>Of distances: where the copy begins, less where it is written to.</summary>
    public static UsualCode Distances { get; } = new(DistanceCounts, PrefixCode.MaxBits, static symbol =>
        (-(int)Ladder.Least(symbol, FastModel.FineDistances, out int bits) - (1 << bits), bits));

    /// <summary>Of new bytes.</summary>
    public static UsualCode Bytes { get; } = new(ByteCounts, PrefixCode.MaxByteBits, static symbol => (symbol, 0));

    /// <summary>Of what needs not be said: one symbol without bits.</summary>
    public static UsualCode Nothing { get; } = new([1], PrefixCode.MaxBits, static symbol => (0, 0));

    private static (int Least, int Below) LengthOf(int symbol) =>
        symbol == FastModel.ToEnd ? (0, 0) : ((int)Ladder.Least(symbol - 1, FastModel.FineLengths, out int bits) + 1, bits);

    private static ReadOnlySpan<byte> CommandCounts =>
    [
        187, 187, 51, 17, 11, 28, 10, 2, 33, 7, 5, 1, 1, 2, 2, 1,
        6, 4, 1, 1, 1, 2, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1,
        19, 3, 4, 3, 2, 7, 5, 1, 12, 1, 1, 1, 1, 1, 1, 1,
        175, 12, 7, 6, 6, 19, 16, 3, 131, 9, 6, 7, 7, 18, 13, 3,
        4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];

    private static ReadOnlySpan<byte> LengthCounts =>
    [
        77, 1, 1, 1, 17, 15, 15, 20, 33, 21, 7, 24, 21, 14, 13, 18,
        20, 67, 70, 77, 55, 36, 26, 35, 13, 17, 7, 8, 3, 4, 3, 4,
        3, 6, 1, 3, 1, 1, 1, 2, 1, 2, 1,
    ];

    private static ReadOnlySpan<byte> OtherLengthCounts =>
    [
        6, 1, 1, 1, 8, 43, 33, 46, 46, 35, 26, 21, 26, 24, 16, 13,
        11, 63, 54, 76, 31, 36, 33, 13, 8, 4, 2, 4, 4, 5, 2, 3,
        2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];

    private static ReadOnlySpan<byte> NearCounts =>
    [
        16, 9, 7, 14, 9, 7, 7, 20, 10, 53, 41, 27, 43, 34, 31, 27,
        33, 27, 21, 21, 18, 14, 13, 13, 13, 8, 9, 10, 11, 12, 10, 10,
    ];

    private static ReadOnlySpan<byte> JumpCounts =>
    [
        1, 1, 1, 1, 1, 1, 1, 2, 8, 3, 12, 4, 24, 7, 12, 11,
        13, 12, 30, 19, 29, 29, 39, 39, 52, 51, 72, 69, 73, 69, 48, 43,
        23, 23, 12, 12, 16, 16, 12, 13, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];

    private static ReadOnlySpan<byte> DistanceCounts =>
    [
        1, 1, 1, 1, 1, 1, 2, 6, 5, 6, 55, 16, 28, 25, 32, 41,
        28, 19, 29, 24, 40, 25, 39, 25, 37, 20, 29, 20, 22, 8, 7, 3,
        5, 1,
    ];

    private static ReadOnlySpan<byte> ByteCounts =>
    [
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 17, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        69, 2, 8, 1, 4, 1, 6, 1, 9, 9, 1, 2, 19, 29, 24, 9,
        83, 89, 93, 80, 82, 80, 73, 73, 73, 69, 20, 8, 1, 10, 1, 1,
        1, 15, 15, 12, 12, 10, 10, 9, 9, 9, 7, 8, 10, 11, 9, 9,
        9, 6, 10, 13, 13, 8, 8, 8, 6, 6, 6, 2, 8, 3, 1, 5,
        1, 85, 41, 46, 53, 104, 42, 29, 39, 63, 14, 22, 47, 32, 58, 54,
        28, 12, 61, 48, 54, 45, 20, 21, 16, 21, 13, 3, 4, 4, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];
}
