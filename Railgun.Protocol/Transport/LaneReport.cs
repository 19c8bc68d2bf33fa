using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Transport;

/// <summary>What there is to say of a lane, or of a try to make one.</summary>
/// <param name="PeerName">The name under which the peer is trusted, or null.</param>
/// <param name="Fingerprint">The peer's key, or nobody's if it never showed one.</param>
/// <param name="Remote">Its address, as far as it is known.</param>
/// <param name="Dialled">Whether this side dialled.</param>
/// <param name="Cause">What happened, one line.</param>
/// <param name="Remedy">What to do about it, or null.</param>
internal readonly record struct LaneReport(string? PeerName, Fingerprint Fingerprint, string Remote, bool Dialled, string Cause, string? Remedy);
