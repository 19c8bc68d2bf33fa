using Railgun.Protocol.Engine;

namespace Railgun.Sender.Origin;

/// <summary>Why the origin gave no answer, or no whole one.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Reason">One line for people: what was seen and what to look at.</param>
internal sealed record OriginFailure(OriginFailureKind Kind, string Reason)
{
    /// <summary>The status of the sender's own answer, where the client has seen nothing yet (RFC 9110 section 15).</summary>
    public int Status => Kind switch
    {
        OriginFailureKind.ConnectTimedOut or OriginFailureKind.HeadTimedOut or OriginFailureKind.WriteTimedOut => 504,
        OriginFailureKind.Exhausted => 503,
        OriginFailureKind.Unsendable => 400,
        _ => 502,
    };

    /// <summary>Where it failed.</summary>
    public Stage Stage => Kind switch
    {
        OriginFailureKind.Unsendable or OriginFailureKind.Exhausted => Stage.Sender,
        OriginFailureKind.Abandoned => Stage.Client,
        _ => Stage.Origin,
    };

    /// <summary>The code of the reset, where the client has seen the head already.</summary>
    public ResetCode Code => Kind switch
    {
        OriginFailureKind.ConnectTimedOut or OriginFailureKind.HeadTimedOut or OriginFailureKind.WriteTimedOut or OriginFailureKind.BodyTimedOut => ResetCode.TimedOut,
        OriginFailureKind.LimitExceeded or OriginFailureKind.Exhausted => ResetCode.LimitExceeded,
        OriginFailureKind.Abandoned => ResetCode.Cancelled,
        _ => ResetCode.OriginBroken,
    };

    /// <summary>Whether it tells that the origin is down, as against a fault of this one exchange.</summary>
    public bool IsOutage => Kind is OriginFailureKind.Unreachable or OriginFailureKind.ConnectTimedOut;
}
