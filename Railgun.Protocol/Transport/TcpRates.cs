namespace Railgun.Protocol.Transport;

/// <summary>What the kernel tells of a connection's speed.</summary>
/// <param name="Delivery">How fast the line took what was sent last, in bytes a second; 0 if that is not known.</param>
/// <param name="ByLine">Whether it was the line that limited it, and not this side for want of something to send.</param>
/// <param name="Pacing">How fast the kernel sends now, in bytes a second: its congestion control's word, above what the line takes while that is not known; 0 for no limit, or if it is not known.</param>
/// <param name="Window">What the connection may have on its way at once, in bytes; 0 if it is not known.</param>
/// <param name="RoundTrip">The shortest round trip of the last minutes; zero if it is not known.</param>
/// <param name="LastRoundTrip">The round trip now, smoothed: longer where a queue stands on the line; zero if it is not known.</param>
internal readonly record struct TcpRates(long Delivery, bool ByLine, long Pacing, long Window, TimeSpan RoundTrip, TimeSpan LastRoundTrip);
