namespace Railgun.Sender.Coding;

/// <summary>Chooses the bases of a body among the pinned versions, by the beginning of the body (step 6; design: decision 11).</summary>
internal static class BaseChoice
{
    /// <summary>A piece shorter than this says too little to turn a base down: each sample may hold a change.</summary>
    public const int TellingLength = 4 * 1024;

    /// <summary>So many samples must a second base have that the first lacks, to be worth its time.</summary>
    public const int WorthSecond = 2;

    /// <summary>A fresh body with so many samples less than the best offer is not just another version of the page.</summary>
    public const int OfAnotherKind = Likeness.Samples / 4;

    /// <summary>Chooses.</summary>
    /// <param name="pins">The candidates, likeliest first.</param>
    /// <param name="piece">The beginning of the body; may be empty where the origin pauses behind the head.</param>
    public static ChosenBases Choose(BasePins pins, ReadOnlySpan<byte> piece)
    {
        if (pins.Count == 0)
        {
            return ChosenBases.None;
        }

        // Nothing to compare with, or nothing to choose between that its own trial would not tell.
        if (piece.IsEmpty || (pins.Count == 1 && piece.Length < TellingLength))
        {
            return new ChosenBases(0, -1);
        }

        Span<uint> found = stackalloc uint[pins.Count];
        int first = 0;
        for (int i = 0; i < pins.Count; i++)
        {
            found[i] = Likeness.Compare(piece, pins[i].Body.Span);
            first = Likeness.Score(found[i]) > Likeness.Score(found[first]) ? i : first;
        }

        // The fresh body is newer than all offers by a round trip: only one that is clearly of another kind is passed over. Only offers can be second bases.
        bool fresh = pins.FreshExchange != 0 && Likeness.Score(found[^1]) > 0 && Likeness.Score(found[^1]) >= Likeness.Score(found[first]) - OfAnotherKind;
        first = fresh ? pins.Count - 1 : first;
        return found[first] == 0 && piece.Length >= TellingLength ? ChosenBases.None : new ChosenBases(first, ChooseSecond(found, first, pins.Offered));
    }

    private static int ChooseSecond(ReadOnlySpan<uint> found, int first, int offered)
    {
        // The likeliest candidate is beaten by the samples of a beginning, and pages of one site begin alike: it stays as the second.
        int second = first > 0 && first < offered && found[0] != 0 ? 0 : -1;
        int most = second < 0 ? WorthSecond - 1 : Math.Max(WorthSecond - 1, Likeness.Score(found[0] & ~found[first]));
        for (int i = 0; i < offered; i++)
        {
            int adds = Likeness.Score(found[i] & ~found[first]);
            if (i != first && adds > most)
            {
                (second, most) = (i, adds);
            }
        }

        return second;
    }
}
