using System.Text.RegularExpressions;

namespace Railgun.Architecture.Tests;

/// <summary>A pattern that must not stand in the code of some files.</summary>
/// <param name="Why">What to do instead, and the reason.</param>
/// <param name="Pattern">The pattern, as a regular expression over code without comments and literals.</param>
internal sealed record Rule(string Why, string Pattern)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Where the pattern stands, as <c>path:line text</c>.</summary>
    public IEnumerable<string> BrokenBy(IEnumerable<SourceFile> files)
    {
        foreach (SourceFile file in files)
        {
            foreach (Match match in Regex.Matches(file.Code, Pattern, RegexOptions.Multiline, Longest))
            {
                int line = 1 + file.Code.AsSpan(0, match.Index).Count('\n');
                yield return $"{file.Path}:{line} {match.Value.Trim()}";
            }
        }
    }

    /// <summary>What NUnit shows.</summary>
    public override string ToString() => Why;
}
