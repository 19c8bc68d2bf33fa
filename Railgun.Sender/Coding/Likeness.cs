using System.Numerics;

namespace Railgun.Sender.Coding;

/// <summary>
/// Tells cheaply how much of a piece a base has: samples of the piece are looked for in the base about where they should be. Some 20 µs for a base,
/// whatever its size; an index of the base would cost a hundred times that.
/// </summary>
internal static class Likeness
{
    /// <summary>How many samples are taken.</summary>
    public const int Samples = 32;

    private const int SampleLength = 12;
    private const int Reach = 4 * 1024;

    /// <summary>The samples of <paramref name="piece"/>, the beginning of a target, that <paramref name="body"/> has: a bit for each.</summary>
    public static uint Compare(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> body)
    {
        if (piece.Length < SampleLength)
        {
            return 0;
        }

        uint found = 0;
        int drift = 0;
        for (int i = 0; i < Samples; i++)
        {
            int at = (int)((long)(piece.Length - SampleLength) * i / (Samples - 1));
            int place = Find(piece.Slice(at, SampleLength), body, at + drift, out bool once);
            if (place >= 0)
            {
                found |= 1u << i;

                // Text that was put in or taken out moves all that follows. What recurs (a card's markup) does not tell by how much.
                drift = once ? place - at : drift;
            }
        }

        return found;
    }

    /// <summary>How many samples were found.</summary>
    public static int Score(uint found) => BitOperations.PopCount(found);

    private static int Find(ReadOnlySpan<byte> sample, ReadOnlySpan<byte> body, int expected, out bool once)
    {
        once = true;
        if (expected >= 0 && expected <= body.Length - SampleLength && body.Slice(expected, SampleLength).SequenceEqual(sample))
        {
            return expected;
        }

        int from = Math.Clamp(expected - Reach, 0, body.Length);
        int to = Math.Clamp(expected + Reach, from, body.Length);
        int place = body[from..to].IndexOf(sample);
        if (place < 0)
        {
            return -1;
        }

        place += from;
        once = body[(place + 1)..to].IndexOf(sample) < 0;
        return place;
    }
}
