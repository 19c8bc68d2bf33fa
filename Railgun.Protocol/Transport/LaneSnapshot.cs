namespace Railgun.Protocol.Transport;

/// <summary>A lane at one moment, for status and metrics.</summary>
/// <param name="Remote">The other side's address.</param>
/// <param name="Age">How long it has been open.</param>
/// <param name="RoundTrip">The last round trip measured, or null.</param>
/// <param name="BytesReceived">Bytes received, TLS included.</param>
/// <param name="BytesSent">Bytes sent, TLS included.</param>
/// <param name="OpenStreams">Streams open.</param>
/// <param name="RetainedBytes">Bytes kept for a resend.</param>
/// <param name="Software">What the peer says it runs.</param>
/// <param name="DeliveryRate">How fast the line takes what this side sends, in bytes a second; null while that is not known.</param>
/// <param name="Window">What the peer may send before a reader takes it, in bytes.</param>
/// <param name="CongestionControl">The connection's; empty if that is not known.</param>
internal sealed record LaneSnapshot(
    string Remote, TimeSpan Age, TimeSpan? RoundTrip, long BytesReceived, long BytesSent, int OpenStreams, int RetainedBytes, string Software,
    long? DeliveryRate, long Window, string CongestionControl);
