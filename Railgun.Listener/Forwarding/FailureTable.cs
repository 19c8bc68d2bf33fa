using Railgun.Protocol.Engine;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// What to do when an exchange fails before its head (design: decision 16; ARCHITECTURE.md, "When something fails"). After the head there is nothing
/// to decide: the client's response breaks.
/// </summary>
internal static class FailureTable
{
    /// <summary>Exchanges that are opened for one request.</summary>
    public const int MaxTries = 2;

    /// <summary>Decides.</summary>
    public static FailureStep Next(Fault fault, in FailedTry failed)
    {
        if (!MaySendAgain(fault, failed))
        {
            return FailureStep.Answer;
        }

        // Where no lane came up in the time that a request waits, there is no use in waiting once more.
        if (failed.Opened && failed.Tries < MaxTries)
        {
            return FailureStep.Again;
        }

        return failed.HasDirect ? FailureStep.Direct : FailureStep.Answer;
    }

    private static bool MaySendAgain(Fault fault, in FailedTry failed)
    {
        if (failed.BodyBegun || fault.Stage is Stage.Client or Stage.Origin || fault.Code == ResetCode.Cancelled)
        {
            return false;
        }

        // What the sender says of itself stands, as long as the request may have got further: another try would fail there again.
        return fault.RequestUnsent || (fault.Stage == Stage.Link && IsIdempotent(failed.Method));
    }

    /// <summary>RFC 9110 section 9.2.2.</summary>
    private static bool IsIdempotent(string method) => method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "PUT" or "DELETE";
}
