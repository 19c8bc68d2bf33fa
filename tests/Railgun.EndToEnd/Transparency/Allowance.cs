using System.Text.RegularExpressions;

namespace Railgun.EndToEnd.Transparency;

/// <summary>A difference that is meant to be there.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="Pattern">Which lines it excuses: <c>- line</c> is only seen straight, <c>+ line</c> only through the pair.</param>
/// <param name="Cases">For which cases; null for all.</param>
internal sealed record Allowance(string Reason, string Pattern, string? Cases = null)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Whether it excuses this line of this case.</summary>
    public bool Excuses(Case asked, string difference) =>
        Regex.IsMatch(difference, Pattern, RegexOptions.CultureInvariant, Longest)
        && (Cases is null || Regex.IsMatch(asked.ToString(), Cases, RegexOptions.CultureInvariant, Longest));
}
