namespace Railgun.Hosting.Admin;

/// <summary>A warning or an error that was logged, in <c>/status</c>.</summary>
/// <param name="Time">When.</param>
/// <param name="Level">warning, error or critical.</param>
/// <param name="Message">What.</param>
internal sealed record ProblemStatus(DateTimeOffset Time, string Level, string Message);
