using Railgun.Protocol.Engine;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Sender.Coding;

/// <summary>
/// Decides how a body is coded by coding its first piece (step 6; design: decision 12). What the trial made is the first segment, so nothing is done twice
/// but where a base proves poor. A base that is here goes before one of which only the signature is, and that before none.
/// </summary>
internal sealed class CodingTrial(Coders coders)
{
    /// <summary>A whole body shorter than this goes as it is: a segment's check and a base's name would be about as long.</summary>
    public const int TinyLength = 48;

    /// <summary>A delta longer than this part of its target may be longer than what another way makes.</summary>
    private const int PoorDelta = 4;

    /// <summary>A delta against a sibling that is longer than this part of its target may be longer than one against the page's own version, of which the signature has come.</summary>
    private const int WorthSignature = 16;

    /// <summary>Compression that saves less than this part of the target is not worth the listener's time.</summary>
    private const int LeastSaving = 16;

    /// <summary>Decides.</summary>
    /// <param name="piece">The body's beginning.</param>
    /// <param name="pins">The bases that there are.</param>
    /// <param name="signed">A base of which the signature has come; null for none.</param>
    /// <param name="coded">Gets the coded piece, unless the choice is identity.</param>
    public CodingChoice Decide(in FirstPiece piece, BasePins pins, SignedBase? signed, CodedBuffer coded)
    {
        if (piece.IsAll && piece.Bytes.Length < TinyLength)
        {
            return CodingChoice.Without(null, NoBase.Tiny);
        }

        string? obstacle = Obstacle(piece.Lane, pins);
        ChosenBases bases = obstacle is null ? BaseChoice.Choose(pins, piece.Bytes) : ChosenBases.None;
        long? length = piece.IsAll ? piece.Bytes.Length : piece.Length;
        CodingChoice choice;
        if (bases.Any)
        {
            choice = new CodingChoice(coders.WithBases(piece.Lane, pins[bases.First], Second(bases, pins)), bases, null, null);
        }
        else if (signed is not null)
        {
            choice = new CodingChoice(coders.WithSignature(piece.Lane, signed, length), ChosenBases.None, signed, null);
        }
        else
        {
            return DecideWithoutBase(piece, coded, obstacle ?? NoBase.Unlike);
        }

        if (!Try(choice.Coder!, piece, coded))
        {
            return choice;
        }

        if (choice.Coder!.Codec == Codec.Delta && coders.Dense != DenseUse.Never && piece.Lane.Has(Codec.DenseDelta))
        {
            choice = DenseWhereItPays(choice, piece, pins, coded);
        }

        if (bases.Any && !pins.IsFresh(bases.First) && signed is not null && signed.Offer < pins.OfferOf(bases.First) && coded.Length > piece.Bytes.Length / WorthSignature)
        {
            choice = BetterWithSignature(choice, piece, signed, coded);
        }

        return coded.Length <= piece.Bytes.Length / PoorDelta ? choice : BetterWithoutBase(choice, piece, coded);
    }

    private static Version? Second(in ChosenBases bases, BasePins pins) => bases.Second < 0 ? null : pins[bases.Second];

    private static string? Obstacle(LaneTraits lane, BasePins pins) =>
        !lane.CanDelta ? NoBase.NoDelta
        : pins.Count > 0 ? null
        : pins.WereOffered ? NoBase.NotHeld
        : NoBase.NotOffered;

    private CodingChoice DenseWhereItPays(CodingChoice choice, in FirstPiece piece, BasePins pins, CodedBuffer coded)
    {
        if (coders.Dense == DenseUse.Always || DenseGain.MayPay(piece.Lane, coded.Length, piece.IsAll))
        {
            return BetterDense(choice, piece, pins, coded);
        }

        // A fresh base tells of many views at once: they wait for each other's decoding.
        if (pins.IsFresh(choice.Bases.First) || !DenseGain.IsCheap(coded.Length, piece.IsAll) || !coders.Spare.IsLeft)
        {
            return choice;
        }

        long begun = coders.Spare.Begin();
        choice = BetterDense(choice, piece, pins, coded);
        coders.Spare.Took(begun);
        return choice;
    }

    // The same bases at the other level: whatever is longer goes.
    private CodingChoice BetterDense(CodingChoice choice, in FirstPiece piece, BasePins pins, CodedBuffer coded)
    {
        using CodedBuffer other = new();
        CodingChoice dense = choice with { Coder = coders.DenseWithBases(pins[choice.Bases.First], Second(choice.Bases, pins)) };
        Try(dense.Coder!, piece, other);
        return Shorter(choice, coded, dense, other, other.Length);
    }

    // What is here is only a sibling; the page's own version is not here, but known.
    private CodingChoice BetterWithSignature(CodingChoice choice, in FirstPiece piece, SignedBase signed, CodedBuffer coded)
    {
        using CodedBuffer other = new();
        CodingChoice with = new(coders.WithSignature(piece.Lane, signed, piece.Length), ChosenBases.None, signed, null);
        Try(with.Coder!, piece, other);
        return Shorter(choice, coded, with, other, other.Length);
    }

    private CodingChoice BetterWithoutBase(CodingChoice choice, in FirstPiece piece, CodedBuffer coded)
    {
        using CodedBuffer other = new();
        CodingChoice without = DecideWithoutBase(piece, other, NoBase.Unlike);
        return Shorter(choice, coded, without, other, without.Coder is null ? piece.Bytes.Length : other.Length);
    }

    private static CodingChoice Shorter(CodingChoice choice, CodedBuffer coded, CodingChoice other, CodedBuffer otherCoded, int otherLength)
    {
        // Of two as long the first one stays: fast before dense, a base that is here before a signature.
        if (coded.Length <= otherLength)
        {
            other.Coder?.Dispose();
            return choice;
        }

        choice.Coder?.Dispose();
        coded.CopyFrom(otherCoded);
        return other;
    }

    private CodingChoice DecideWithoutBase(in FirstPiece piece, CodedBuffer coded, string noBase)
    {
        // With nothing to try, only what is known for text is coded to its end.
        bool worth = piece.Kind == BodyKind.Text || (piece.Kind == BodyKind.Plain && !piece.Bytes.IsEmpty);
        ISegmentCoder? coder = worth ? coders.WithoutBase(piece.Lane, piece.IsAll ? piece.Bytes.Length : piece.Length) : null;
        if (coder is not null && Try(coder, piece, coded) && coded.Length > piece.Bytes.Length - (piece.Bytes.Length / LeastSaving))
        {
            coder.Dispose();
            coder = null;
        }

        return CodingChoice.Without(coder, noBase);
    }

    // False where there is nothing to try with.
    private static bool Try(ISegmentCoder coder, in FirstPiece piece, CodedBuffer coded)
    {
        coded.Clear();
        if (piece.Bytes.IsEmpty)
        {
            return false;
        }

        coder.Encode(piece.Bytes, piece.IsAll, coded);
        return true;
    }
}
