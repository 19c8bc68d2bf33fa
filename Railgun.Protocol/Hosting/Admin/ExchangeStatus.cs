namespace Railgun.Hosting.Admin;

/// <summary>Sums over all exchanges since the start, in <c>/status</c>.</summary>
/// <param name="Active">Begun and not ended.</param>
/// <param name="Ended">Ended, well or not.</param>
/// <param name="Failed">Of these, with a fault.</param>
/// <param name="WithBase">Of these, coded against a base.</param>
/// <param name="HitRate">WithBase / Ended, 0 to 1.</param>
/// <param name="BodyBytes">Bytes of their bodies before any coding.</param>
/// <param name="LinkUp">Bytes of their frames towards senders, before TLS.</param>
/// <param name="LinkDown">Bytes of their frames towards listeners, before TLS.</param>
internal sealed record ExchangeStatus(
    long Active, long Ended, long Failed, long WithBase, double HitRate, long BodyBytes, long LinkUp, long LinkDown);
