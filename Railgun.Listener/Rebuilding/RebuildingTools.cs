namespace Railgun.Listener.Rebuilding;

/// <summary>What every body is rebuilt with.</summary>
/// <param name="Decoders">Lends decoders.</param>
/// <param name="Keeper">Decides which bodies become versions.</param>
internal sealed record RebuildingTools(DecoderPool Decoders, VersionKeeper Keeper);
