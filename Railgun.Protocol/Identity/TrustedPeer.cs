namespace Railgun.Protocol.Identity;

/// <summary>A peer that may link with this node.</summary>
/// <param name="Name">What it is called here; see <see cref="PeerName"/>.</param>
/// <param name="Fingerprint">Its key.</param>
internal sealed record TrustedPeer(string Name, Fingerprint Fingerprint);
