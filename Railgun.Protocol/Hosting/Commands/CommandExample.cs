namespace Railgun.Hosting.Commands;

/// <summary>A command line that teaches.</summary>
/// <param name="Line">What to type.</param>
/// <param name="Purpose">What it is for, in a few words.</param>
internal sealed record CommandExample(string Line, string Purpose);
