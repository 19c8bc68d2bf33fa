namespace Railgun.Sender.Coding;

/// <summary>How a body is coded, decided at its first piece.</summary>
/// <param name="Coder">Codes it; null for identity. Whoever has the choice disposes it.</param>
/// <param name="Bases">The pinned versions that it is coded against.</param>
/// <param name="Signed">The version that it is coded against where only its signature is here; null for none.</param>
/// <param name="NoBase">Why there is no base: one of the words in <see cref="Coding.NoBase"/>; null if there is one.</param>
internal readonly record struct CodingChoice(ISegmentCoder? Coder, ChosenBases Bases, SignedBase? Signed, string? NoBase)
{
    /// <summary>Without a base.</summary>
    public static CodingChoice Without(ISegmentCoder? coder, string noBase) => new(coder, ChosenBases.None, null, noBase);
}
