using System.Collections.Frozen;
using System.IO.Enumeration;

namespace Railgun.Protocol.Versions;

/// <summary>A set of names and patterns in which <c>*</c> stands for any characters. Looking one up allocates nothing.</summary>
internal sealed class NamePatterns
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly string[] _patterns;
    private readonly bool _ignoreCase;

    /// <summary>Makes the set.</summary>
    public NamePatterns(IEnumerable<string> names, bool ignoreCase)
    {
        _ignoreCase = ignoreCase;
        List<string> exact = [];
        List<string> patterns = [];
        foreach (string name in names)
        {
            (name.Contains('*', StringComparison.Ordinal) ? patterns : exact).Add(name);
        }

        StringComparer comparer = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _exact = exact.ToFrozenSet(comparer).GetAlternateLookup<ReadOnlySpan<char>>();
        _patterns = [.. patterns];
    }

    /// <summary>Whether <paramref name="name"/> is one of the names or fits one of the patterns.</summary>
    public bool Contains(ReadOnlySpan<char> name)
    {
        if (_exact.Contains(name))
        {
            return true;
        }

        foreach (string pattern in _patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, _ignoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
