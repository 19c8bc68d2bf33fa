namespace Railgun.Hosting.Commands;

/// <summary>A flag of <c>run</c> and <c>check</c> that stands for a value of the configuration.</summary>
/// <param name="Name">With its dashes, such as <c>--listener</c>.</param>
/// <param name="Path">What it sets, such as <c>link.dial</c>.</param>
/// <param name="Value">What follows it, for the help, such as <c>HOST:PORT</c>; null for a switch that sets true.</param>
/// <param name="Description">One line for the help.</param>
/// <param name="Repeated">Whether it may be given several times; what it sets is a list then, and replaces that of the file.</param>
internal sealed record DaemonFlag(string Name, string Path, string? Value, string Description, bool Repeated = false);
