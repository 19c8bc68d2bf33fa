using Railgun.Protocol.Versions;

namespace Railgun.Listener.Rebuilding;

/// <summary>What every body is rebuilt with.</summary>
/// <param name="Decoders">Lends decoders.</param>
/// <param name="Keeper">Decides which bodies become versions.</param>
/// <param name="Failures">Hears of bodies that do not prove right.</param>
internal sealed record RebuildingTools(DecoderPool Decoders, VersionKeeper Keeper, ProofFailures Failures)
{
    /// <summary>What bodies may hold that are taken ahead of their clients.</summary>
    public ByteBudget Ahead { get; } = new(AheadBody.MostTogether);
}
