namespace Railgun.Protocol.Identity;

/// <summary>What changed between two readings of the trusted peers.</summary>
/// <param name="Added">Peers that are trusted now and were not.</param>
/// <param name="Removed">Peers that are not trusted any more, or have another name or key now: their lanes must go.</param>
/// <param name="Problems">What could not be read, one line each, with the number of the file's line; empty if all could.</param>
internal sealed record TrustedPeersChange(
    IReadOnlyList<TrustedPeer> Added,
    IReadOnlyList<TrustedPeer> Removed,
    IReadOnlyList<string> Problems);
