namespace Railgun.Try.Processes;

/// <summary>What a command that has ended left behind.</summary>
/// <param name="ExitCode">Its exit code, 0 for success.</param>
/// <param name="Output">Its standard output, without the last line's end.</param>
/// <param name="Errors">Its standard error, likewise.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Errors);
