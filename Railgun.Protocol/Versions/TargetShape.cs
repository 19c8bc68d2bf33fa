using System.Buffers;

namespace Railgun.Protocol.Versions;

/// <summary>
/// The shape of a target: its path with a <c>*</c> for each segment that looks like a name out of many (number, date, hash, slug), the extension kept, and the
/// query's keys without their values. <c>/2024/05/07/some-title.html?page=2</c> becomes <c>/*/*/*/*.html?page</c>.
/// </summary>
internal static class TargetShape
{
    /// <summary>The longest shape, in chars; what is longer is cut off.</summary>
    public const int MaxLength = 512;

    private const int MaxWord = 20;
    private const int MaxExtension = 5;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<char> Alphanumeric =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Keys that only say where a visitor comes from: the page is the same without them.</summary>
    private static readonly NamePatterns Tracking =
        new(["utm_*", "gclid", "gbraid", "wbraid", "dclid", "fbclid", "msclkid", "twclid", "ttclid", "yclid", "igshid", "mc_cid", "mc_eid", "_ga", "_gl"], ignoreCase: true);

    /// <summary>Writes the shape of <paramref name="target"/>; returns its length.</summary>
    public static int Write(ReadOnlySpan<char> target, Span<char> shape)
    {
        ReadOnlySpan<char> path = Path(target);
        var writer = new ShapeWriter(shape);
        foreach (Range range in path.Split('/'))
        {
            if (range.Start.Value > 0)
            {
                writer.Add("/");
            }

            AddSegment(ref writer, path[range]);
        }

        if (path.Length < target.Length)
        {
            AddKeys(ref writer, target[(path.Length + 1)..]);
        }

        return writer.Length;
    }

    /// <summary>The extension of the path's last segment without its dot; empty if it has none.</summary>
    public static ReadOnlySpan<char> Extension(ReadOnlySpan<char> target)
    {
        ReadOnlySpan<char> path = Path(target);
        ReadOnlySpan<char> last = WithoutParameters(path[(path.LastIndexOf('/') + 1)..]);
        int dot = ExtensionDot(last);
        return dot < 0 ? default : last[(dot + 1)..];
    }

    /// <summary>Whether a segment of the path ends like a file's name.</summary>
    public static bool HasExtension(ReadOnlySpan<char> segment) => ExtensionDot(segment) >= 0;

    private static ReadOnlySpan<char> Path(ReadOnlySpan<char> target)
    {
        int question = target.IndexOf('?');
        return question < 0 ? target : target[..question];
    }

    /// <summary>A segment without what follows a semicolon, where some put the session (RFC 3986 section 3.3).</summary>
    private static ReadOnlySpan<char> WithoutParameters(ReadOnlySpan<char> segment)
    {
        int semicolon = segment.IndexOf(';');
        return semicolon < 0 ? segment : segment[..semicolon];
    }

    private static void AddSegment(ref ShapeWriter writer, ReadOnlySpan<char> whole)
    {
        ReadOnlySpan<char> segment = WithoutParameters(whole);
        int dot = ExtensionDot(segment);
        ReadOnlySpan<char> stem = dot < 0 ? segment : segment[..dot];
        writer.Add(IsWord(stem) ? stem : "*");
        if (dot >= 0)
        {
            writer.Add(segment[dot..]);
        }
    }

    /// <summary>Where the extension begins: a few letters and digits behind the last dot, at least one of them a letter; -1 without one.</summary>
    private static int ExtensionDot(ReadOnlySpan<char> segment)
    {
        int dot = segment.LastIndexOf('.');
        ReadOnlySpan<char> extension = segment[(dot + 1)..];
        bool fits = dot > 0 && extension.Length is > 0 and <= MaxExtension
            && !extension.ContainsAnyExcept(Alphanumeric) && extension.ContainsAny(Letters);
        return fits ? dot : -1;
    }

    /// <summary>Whether a segment is a word of the site's own making rather than one name out of many.</summary>
    private static bool IsWord(ReadOnlySpan<char> stem)
    {
        if (stem.Length > MaxWord)
        {
            return false;
        }

        int dashes = 0;
        foreach (char c in stem)
        {
            if (c is '-' or '_')
            {
                dashes++;
            }
            else if (!char.IsAsciiLetter(c))
            {
                return IsApiVersion(stem);
            }
        }

        return dashes <= 1;
    }

    /// <summary><c>v1</c> and the like.</summary>
    private static bool IsApiVersion(ReadOnlySpan<char> stem) =>
        stem.Length is 2 or 3 && stem[0] is 'v' or 'V' && !stem[1..].ContainsAnyExceptInRange('0', '9');

    private static void AddKeys(ref ShapeWriter writer, ReadOnlySpan<char> query)
    {
        string before = "?";
        ReadOnlySpan<char> last = default;
        foreach (Range range in query.Split('&'))
        {
            ReadOnlySpan<char> pair = query[range];
            int equals = pair.IndexOf('=');
            ReadOnlySpan<char> key = equals < 0 ? "*" : pair[..equals];
            if (pair.IsEmpty || key.SequenceEqual(last) || Tracking.Contains(key))
            {
                continue;
            }

            writer.Add(before);
            writer.Add(key);
            before = "&";
            last = key;
        }
    }
}
