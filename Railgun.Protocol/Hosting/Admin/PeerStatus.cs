namespace Railgun.Hosting.Admin;

/// <summary>The link with one peer, in <c>/status</c>.</summary>
/// <param name="Name">What it is trusted under.</param>
/// <param name="Fingerprint">Its key, in text form.</param>
/// <param name="Up">Whether it has a live lane.</param>
/// <param name="Since">When it came up or went down; null if it was never up.</param>
/// <param name="BytesUp">Bytes towards the sender on the sockets of all its lanes since the start, those that are gone included; TLS included.</param>
/// <param name="BytesDown">Bytes towards the listener, likewise.</param>
/// <param name="Lanes">Its live lanes.</param>
internal sealed record PeerStatus(
    string Name, string Fingerprint, bool Up, DateTimeOffset? Since, long BytesUp, long BytesDown, IReadOnlyList<LaneStatus> Lanes);
