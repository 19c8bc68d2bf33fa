namespace Railgun.Protocol.Engine;

/// <summary>What RESPONSE says of the body that follows.</summary>
/// <param name="Codec">How the body is coded on the link.</param>
/// <param name="Base">Which offer (0 is the first) the delta is made against; -1 where the codec has no base.</param>
/// <param name="SecondBase">A second one of the offers; -1 for none.</param>
/// <param name="Kept">Whether the sender keeps the body as a version: only then is it worth offering later.</param>
/// <param name="Fresh">Where the base is a fresh body: the exchange that brings it; else 0.</param>
internal readonly record struct BodyCoding(Codec Codec, int Base = -1, int SecondBase = -1, bool Kept = false, ulong Fresh = 0)
{
    /// <summary>The body as it is, not kept.</summary>
    public static BodyCoding AsItIs => new(Codec.Identity);
}
