namespace Railgun.Hosting.Configuration;

/// <summary>Something in the configuration that can't stand.</summary>
/// <param name="Path">Where: keys joined by dots, list items by number, such as <c>link.listen[0]</c>.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to write instead.</param>
/// <param name="Source">Who said it: a flag, a variable of the environment, a file; null for a default.</param>
internal sealed record Mistake(string Path, string What, string Remedy, string? Source)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"{Path}{(Source is null ? "" : $" (from {Source})")}: {What}; {Remedy}";
}
