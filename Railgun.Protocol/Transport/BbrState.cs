namespace Railgun.Protocol.Transport;

/// <summary>What BBR tells of a connection (<c>struct tcp_bbr_info</c>, Linux, <c>linux/inet_diag.h</c>).</summary>
/// <param name="Rate">The rate of the line, as far as it knows it, in bytes a second; 0 if it does not tell.</param>
/// <param name="PacingGain">What multiple of it is the pace now: 2.89 in STARTUP, 0.35 to 1.25 in all other phases; 0 if it does not tell.</param>
internal readonly record struct BbrState(long Rate, double PacingGain)
{
    /// <summary>Whether it is in STARTUP.</summary>
    public bool IsStarting => PacingGain > 2;
}
