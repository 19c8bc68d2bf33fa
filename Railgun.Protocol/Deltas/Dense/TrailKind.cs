using System.Numerics;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// The kinds of guesses, by what is known of the trail that they come from: 4 bits of how long it has agreed, 2 bits of how often it was wrong of
/// late, a bit for the younger trail; one more for no trail at all.
/// </summary>
internal static class TrailKind
{
    /// <summary>No trail: the guess is 0 and never meant.</summary>
    public const int None = 128;

    /// <summary>How many there are.</summary>
    public const int Count = None + 1;

    /// <summary>The groups: sure by agreement (0 to 2), unsure by agreement (3 to 5), asked as the second (6), none (7).</summary>
    public const int SecondGroup = 6;

    /// <summary>How much agreement counts as the same: 0 to 8, 12, 16, 24, 32, 48, 64, more.</summary>
    private static ReadOnlySpan<byte> Classes =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, 10, 10, 10, 10, 11, 11, 11, 11, 11, 11, 11, 11, 12, 12, 12, 12, 12, 12, 12, 12,
        13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 15,
    ];

    private static readonly byte[] Groups = MakeGroups();

    /// <summary>The kind of the older trail's guess; <paramref name="misses"/> has a bit for each of the last eight guesses that was wrong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(int agreed, int misses) =>
        Classes[Math.Min(agreed, Classes.Length - 1)] + (16 * Math.Min(3, BitOperations.PopCount((uint)misses)));

    /// <summary>The group of a kind that is asked first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int GroupOf(int kind) => Groups[kind];

    /// <summary>What is expected of a kind at first, in 4096ths.</summary>
    public static int FirstChance(int kind)
    {
        int misses = (kind >> 4) & 3;
        int agreed = kind & 15;
        return kind == None ? 10 : misses == 0 ? 4095 - (6000 / (3 + (2 * agreed))) : 4095 - (9000 / (3 + misses + (2 * agreed)));
    }

    private static byte[] MakeGroups()
    {
        var groups = new byte[Count];
        for (int kind = 0; kind < None; kind++)
        {
            int agreed = kind & 15;
            groups[kind] = (byte)(((kind & 48) == 0 ? 0 : 3) + (agreed < 4 ? 0 : agreed < 9 ? 1 : 2));
        }

        groups[None] = 7;
        return groups;
    }
}
