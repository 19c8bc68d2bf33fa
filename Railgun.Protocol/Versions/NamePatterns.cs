using System.Collections.Frozen;
using System.IO.Enumeration;

namespace Railgun.Protocol.Versions;

/// <summary>
/// A set of names and patterns in which <c>*</c> stands for any characters. Looking one up allocates nothing and compares only what begins with the
/// same character: nearly all patterns have their star at the end.
/// </summary>
internal sealed class NamePatterns
{
    private const int Buckets = 128;

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly string[][] _prefixes;
    private readonly string[] _patterns;
    private readonly StringComparison _comparison;

    /// <summary>Makes the set.</summary>
    public NamePatterns(IEnumerable<string> names, bool ignoreCase)
    {
        _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        List<string> exact = [];
        List<string> prefixes = [];
        List<string> patterns = [];
        foreach (string name in names)
        {
            int star = name.IndexOf('*', StringComparison.Ordinal);
            List<string> list = star < 0 ? exact : star > 0 && star == name.Length - 1 ? prefixes : patterns;
            list.Add(name);
        }

        StringComparer comparer = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _exact = exact.ToFrozenSet(comparer).GetAlternateLookup<ReadOnlySpan<char>>();
        _prefixes = [.. Enumerable.Range(0, Buckets).Select(b => prefixes.Where(p => Bucket(p[0]) == b).Select(p => p[..^1]).ToArray())];
        _patterns = [.. patterns];
    }

    /// <summary>Whether <paramref name="name"/> is one of the names or fits one of the patterns.</summary>
    public bool Contains(ReadOnlySpan<char> name) => !name.IsEmpty && (_exact.Contains(name) || HasPrefix(name) || FitsPattern(name));

    private static int Bucket(char first) => char.ToLowerInvariant(first) % Buckets;

    private bool HasPrefix(ReadOnlySpan<char> name)
    {
        foreach (string prefix in _prefixes[Bucket(name[0])])
        {
            if (name.StartsWith(prefix, _comparison))
            {
                return true;
            }
        }

        return false;
    }

    private bool FitsPattern(ReadOnlySpan<char> name)
    {
        foreach (string pattern in _patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, _comparison == StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
