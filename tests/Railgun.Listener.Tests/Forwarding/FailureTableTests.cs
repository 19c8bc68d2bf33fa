using Railgun.Listener.Forwarding;
using Railgun.Protocol.Engine;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>The failure table, row by row.</summary>
internal sealed class FailureTableTests
{
    private static readonly Fault NoLane = new(Stage.Link, ResetCode.LaneLost, "no lane", RequestUnsent: true);
    private static readonly Fault LostUnsent = NoLane;
    private static readonly Fault LostMaybeSent = new(Stage.Link, ResetCode.LaneLost, "lost");
    private static readonly Fault SenderRefused = new(Stage.Sender, ResetCode.Refused, "draining", RequestUnsent: true);
    private static readonly Fault SenderFailed = new(Stage.Sender, ResetCode.Internal, "failed");
    private static readonly Fault OriginTimedOut = new(Stage.Origin, ResetCode.TimedOut, "slow");
    private static readonly Fault OriginRefusedUnsent = new(Stage.Origin, ResetCode.Refused, "refused", RequestUnsent: true);
    private static readonly Fault BadHead = new(Stage.Client, ResetCode.LimitExceeded, "head too long", RequestUnsent: true);

    private static readonly object[][] Rows =
    [
        // fault, method, opened, tries, body begun, direct configured, what follows
        [NoLane, "GET", false, 1, false, false, nameof(FailureStep.Answer)],
        [NoLane, "GET", false, 1, false, true, nameof(FailureStep.Direct)],
        [NoLane, "POST", false, 1, false, true, nameof(FailureStep.Direct)],
        [LostUnsent, "POST", true, 1, false, false, nameof(FailureStep.Again)],
        [LostUnsent, "POST", true, 2, false, false, nameof(FailureStep.Answer)],
        [LostUnsent, "POST", true, 2, false, true, nameof(FailureStep.Direct)],
        [LostUnsent, "POST", true, 1, true, true, nameof(FailureStep.Answer)],
        [LostMaybeSent, "GET", true, 1, false, false, nameof(FailureStep.Again)],
        [LostMaybeSent, "GET", true, 2, false, true, nameof(FailureStep.Direct)],
        [LostMaybeSent, "PUT", true, 1, true, true, nameof(FailureStep.Answer)],
        [LostMaybeSent, "POST", true, 1, false, true, nameof(FailureStep.Answer)],
        [LostMaybeSent, "PATCH", true, 1, false, true, nameof(FailureStep.Answer)],
        [LostMaybeSent, "get", true, 1, false, true, nameof(FailureStep.Answer)],
        [SenderRefused, "POST", true, 1, false, false, nameof(FailureStep.Again)],
        [SenderFailed, "GET", true, 1, false, true, nameof(FailureStep.Answer)],
        [OriginTimedOut, "GET", true, 1, false, true, nameof(FailureStep.Answer)],
        [OriginRefusedUnsent, "GET", true, 1, false, true, nameof(FailureStep.Answer)],
        [BadHead, "GET", false, 1, false, true, nameof(FailureStep.Answer)],
    ];

    [TestCaseSource(nameof(Rows))]
    public void Each_failure_has_one_consequence(object fault, string method, bool opened, int tries, bool bodyBegun, bool direct, string expected) =>
        Assert.That(FailureTable.Next((Fault)fault, new FailedTry(method, opened, tries, bodyBegun, direct)).ToString(), Is.EqualTo(expected));
}
