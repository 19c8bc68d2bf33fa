namespace Railgun.Sender.Coding;

/// <summary>
/// Decides how a body is coded by coding its first piece (step 6; design: decision 12). What the trial made is the first segment, so nothing is done twice
/// but where a base proves poor.
/// </summary>
internal sealed class CodingTrial(Coders coders)
{
    /// <summary>A whole body shorter than this goes as it is: a segment's check and a base's name would be about as long.</summary>
    public const int TinyLength = 48;

    /// <summary>A delta longer than this part of its target may be longer than plain compression is.</summary>
    private const int PoorDelta = 4;

    /// <summary>Compression that saves less than this part of the target is not worth the listener's time.</summary>
    private const int LeastSaving = 16;

    /// <summary>Decides.</summary>
    /// <param name="kind">The body's kind.</param>
    /// <param name="codecs">The codecs that the listener understands, a bit for each.</param>
    /// <param name="pins">The bases that there are.</param>
    /// <param name="length">The body's length, where it is known.</param>
    /// <param name="piece">Its beginning; empty where the origin pauses behind the head: then the kind alone decides.</param>
    /// <param name="last">Whether that is all of it.</param>
    /// <param name="coded">Gets the coded piece, unless the choice is identity.</param>
    public CodingChoice Decide(BodyKind kind, uint codecs, BasePins pins, long? length, ReadOnlySpan<byte> piece, bool last, CodedBuffer coded)
    {
        if (last && piece.Length < TinyLength)
        {
            return new CodingChoice(null, ChosenBases.None, NoBase.Tiny);
        }

        length = last ? piece.Length : length;
        string? obstacle = Obstacle(codecs, pins);
        ChosenBases bases = obstacle is null ? BaseChoice.Choose(pins, piece) : ChosenBases.None;
        return bases.Any
            ? DecideWithBases(kind, codecs, pins, bases, length, piece, last, coded)
            : DecideWithoutBase(kind, codecs, length, piece, last, coded, obstacle ?? NoBase.Unlike);
    }

    private static string? Obstacle(uint codecs, BasePins pins) =>
        !Coders.CanDelta(codecs) ? NoBase.NoDelta
        : pins.Count > 0 ? null
        : pins.WereOffered ? NoBase.NotHeld
        : NoBase.NotOffered;

    private CodingChoice DecideWithBases(
        BodyKind kind, uint codecs, BasePins pins, ChosenBases bases, long? length, ReadOnlySpan<byte> piece, bool last, CodedBuffer coded)
    {
        ISegmentCoder delta = coders.WithBases(codecs, pins[bases.First], bases.Second < 0 ? null : pins[bases.Second], length);
        CodingChoice choice = new(delta, bases, null);
        if (!Try(delta, piece, last, coded) || coded.Length <= piece.Length / PoorDelta)
        {
            return choice;
        }

        using CodedBuffer other = new();
        CodingChoice without = DecideWithoutBase(kind, codecs, length, piece, last, other, NoBase.Unlike);
        int otherLength = without.Coder is null ? piece.Length : other.Length;
        if (coded.Length < otherLength)
        {
            without.Coder?.Dispose();
            return choice;
        }

        delta.Dispose();
        coded.CopyFrom(other);
        return without;
    }

    private CodingChoice DecideWithoutBase(
        BodyKind kind, uint codecs, long? length, ReadOnlySpan<byte> piece, bool last, CodedBuffer coded, string noBase)
    {
        // With nothing to try, only what is known for text is coded to its end.
        bool worth = kind == BodyKind.Text || (kind == BodyKind.Plain && !piece.IsEmpty);
        ISegmentCoder? coder = worth ? coders.WithoutBase(codecs, length) : null;
        if (coder is not null && Try(coder, piece, last, coded) && coded.Length > piece.Length - (piece.Length / LeastSaving))
        {
            coder.Dispose();
            coder = null;
        }

        return new CodingChoice(coder, ChosenBases.None, noBase);
    }

    // False where there is nothing to try with.
    private static bool Try(ISegmentCoder coder, ReadOnlySpan<byte> piece, bool last, CodedBuffer coded)
    {
        coded.Clear();
        if (piece.IsEmpty)
        {
            return false;
        }

        coder.Encode(piece, last, coded);
        return true;
    }
}
