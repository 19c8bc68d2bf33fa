using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Transport;

/// <summary>A link at one moment, for status and metrics.</summary>
/// <param name="PeerName">The name under which the peer is trusted.</param>
/// <param name="Fingerprint">Its key.</param>
/// <param name="Lanes">Its open lanes.</param>
/// <param name="BytesReceived">Bytes received by all lanes there ever were, TLS included.</param>
/// <param name="BytesSent">Bytes sent by all lanes there ever were, TLS included.</param>
/// <param name="LastDown">Why the last lane ended, or null.</param>
internal sealed record LinkSnapshot(
    string PeerName, Fingerprint Fingerprint, IReadOnlyList<LaneSnapshot> Lanes, long BytesReceived, long BytesSent, string? LastDown);
