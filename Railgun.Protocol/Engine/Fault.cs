namespace Railgun.Protocol.Engine;

/// <summary>Why an exchange ended before its time. A status, not an exception: it is an expected outcome.</summary>
/// <param name="Stage">Whose fault it is.</param>
/// <param name="Code">What happened.</param>
/// <param name="Reason">One line for people, at most 200 characters.</param>
/// <param name="RequestUnsent">True only if not one byte of the request can have reached the origin: it may then be sent again, whatever its method.</param>
internal sealed record Fault(Stage Stage, ResetCode Code, string Reason, bool RequestUnsent = false);
