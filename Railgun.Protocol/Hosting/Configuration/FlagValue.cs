namespace Railgun.Hosting.Configuration;

/// <summary>A flag that was given.</summary>
/// <param name="Flag">Its name, such as <c>--listener</c>.</param>
/// <param name="Path">What it sets.</param>
/// <param name="Values">Its values in order; one unless it <paramref name="Repeats"/>.</param>
/// <param name="Repeats">Whether it sets a list.</param>
internal sealed record FlagValue(string Flag, string Path, IReadOnlyList<string> Values, bool Repeats);
