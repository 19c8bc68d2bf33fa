namespace Railgun.Hosting.Admin;

/// <summary>One live lane, in <c>/status</c>.</summary>
/// <param name="Number">Its number within the link.</param>
/// <param name="Remote">The other end, IP:PORT.</param>
/// <param name="Dialled">Whether this side dialled.</param>
/// <param name="RoundTripMs">The last measured round trip, in milliseconds; null before the first.</param>
/// <param name="Streams">Open exchanges.</param>
/// <param name="BytesUp">Bytes towards the sender on its socket, TLS included.</param>
/// <param name="BytesDown">Bytes towards the listener, likewise.</param>
/// <param name="Since">When it came up.</param>
/// <param name="DeliveryRate">How fast the line takes what this side sends, in bytes a second; null while that is not known.</param>
/// <param name="Window">What the other side may send before it is taken here, in bytes.</param>
/// <param name="CongestionControl">The connection's; empty if that is not known.</param>
internal sealed record LaneStatus(
    int Number, string Remote, bool Dialled, double? RoundTripMs, int Streams, long BytesUp, long BytesDown, DateTimeOffset Since,
    long? DeliveryRate, long Window, string CongestionControl);
