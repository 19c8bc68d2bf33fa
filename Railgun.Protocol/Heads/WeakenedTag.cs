using System.Text;

namespace Railgun.Protocol.Heads;

/// <summary>
/// Entity tags (RFC 9110 section 8.8.3) of bodies that are coded otherwise here than at the origin. Such a body is not the origin's byte for byte, so a strong tag
/// becomes weak on its way out; the mark in it tells on the way in that it was strong, as one that was the origin's own weak one must not become so.
/// </summary>
internal static class WeakenedTag
{
    /// <summary>Stands before the closing quote of a tag that was weakened here.</summary>
    public const string Mark = "-railgun";

    private const string Weak = "W/";

    /// <summary>Whether <paramref name="tag"/> is a strong tag.</summary>
    public static bool IsStrong(string tag) => tag.Length >= 2 && tag[0] == '"' && tag[^1] == '"';

    /// <summary>The weak form of a tag, marked if it was strong; what is weak stays as it is. A tag without quotes, which is none, gets no mark.</summary>
    public static string Weaken(string tag) =>
        IsStrong(tag) ? $"{Weak}{tag.AsSpan(..^1)}{Mark}\""
        : tag.Length == 0 || tag.StartsWith(Weak, StringComparison.Ordinal) ? tag
        : Weak + tag;

    /// <summary>Whether the list of a condition holds a tag that was weakened here.</summary>
    public static bool IsIn(string list) => list.Contains(Mark + "\"", StringComparison.Ordinal);

    /// <summary>Whether the list of a condition holds the weak form that <paramref name="tag"/> gets here.</summary>
    public static bool IsIn(string list, string tag) => IsStrong(tag) && list.Contains(Weaken(tag), StringComparison.Ordinal);

    /// <summary>The list of a condition as the origin knows its tags: those weakened here are strong again, all else stays.</summary>
    public static string Restore(string list)
    {
        var restored = new StringBuilder(list.Length);
        ReadOnlySpan<char> rest = list;
        while (!rest.IsEmpty)
        {
            int open = rest.IndexOf('"');
            int length = open < 0 ? -1 : rest[(open + 1)..].IndexOf('"');
            if (length < 0)
            {
                restored.Append(rest);
                break;
            }

            Append(restored, rest[..open], rest.Slice(open + 1, length));
            rest = rest[(open + length + 2)..];
        }

        return restored.ToString();
    }

    private static void Append(StringBuilder restored, ReadOnlySpan<char> before, ReadOnlySpan<char> opaque)
    {
        if (before.EndsWith(Weak) && opaque.EndsWith(Mark))
        {
            before = before[..^Weak.Length];
            opaque = opaque[..^Mark.Length];
        }

        restored.Append(before).Append('"').Append(opaque).Append('"');
    }
}
