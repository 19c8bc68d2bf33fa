using System.Numerics;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>How the last two guesses of some kind went: a leading 1, behind it a bit for each, 1 for a right one, the latest lowest.</summary>
internal static class GuessHistory
{
    /// <summary>Nothing was guessed yet.</summary>
    public const byte None = 1;

    /// <summary>How many histories there are; 0 is none of them.</summary>
    public const int Count = 8;

    /// <summary>How many <see cref="RecordOf"/> tells apart, and one more that makes it a power of two.</summary>
    public const int Records = 4;

    /// <summary>By a history and a bit behind it: the oldest of three is let go.</summary>
    private static ReadOnlySpan<byte> Nexts => [0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7];

    private static ReadOnlySpan<byte> ByHistory => [0, 0, 1, 2, 1, 1, 1, 2];

    /// <summary>The history after one more guess.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte After(int history, int bit) => Nexts[((history << 1) | bit) & 15];

    /// <summary>A history in short: 0 nothing, 1 a wrong guess, 2 right ones only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RecordOf(int history) => ByHistory[history];

    /// <summary>Right guesses in it.</summary>
    public static int HitsOf(int history) => Math.Max(0, BitOperations.PopCount((uint)history) - 1);

    /// <summary>Wrong guesses in it.</summary>
    public static int MissesOf(int history) => BitOperations.Log2((uint)history | 1) - HitsOf(history);
}
