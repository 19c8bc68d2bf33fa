namespace Railgun.Protocol.Engine;

/// <summary>The signature of an offered version (DELTA_FORMAT.md, Signatures).</summary>
/// <param name="Offer">Which offer, 0 for the first.</param>
/// <param name="Bytes">The signature; empty: there is none.</param>
internal readonly record struct OfferSignature(int Offer, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Bytes.IsEmpty;
}
