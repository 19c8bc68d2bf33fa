namespace Railgun.Hosting.Logging;

/// <summary>Sums over all exchanges since the start.</summary>
/// <param name="Active">Begun and not ended.</param>
/// <param name="Ended">Ended, well or not.</param>
/// <param name="Failed">Of these, with a fault.</param>
/// <param name="WithBase">Of these, coded against a base.</param>
/// <param name="BodyBytes">Bytes of their bodies.</param>
/// <param name="LinkUp">Bytes of their frames towards senders.</param>
/// <param name="LinkDown">Bytes of their frames towards listeners.</param>
internal readonly record struct ExchangeTotals(long Active, long Ended, long Failed, long WithBase, long BodyBytes, long LinkUp, long LinkDown)
{
    /// <summary>The share of exchanges coded against a base, 0 to 1; 0 before the first.</summary>
    public double HitRate => Ended == 0 ? 0 : (double)WithBase / Ended;
}
