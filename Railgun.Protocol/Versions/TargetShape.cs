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

    private static readonly SearchValues<char> Alphanumeric =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private const int MaxWord = 20;
    private const int MaxExtension = 5;

    /// <summary>Writes the shape of <paramref name="target"/>; returns its length.</summary>
    public static int Write(ReadOnlySpan<char> target, Span<char> shape)
    {
        int question = target.IndexOf('?');
        ReadOnlySpan<char> path = question < 0 ? target : target[..question];
        var writer = new ShapeWriter(shape);
        foreach (Range range in path.Split('/'))
        {
            if (range.Start.Value > 0)
            {
                writer.Add("/");
            }

            AddSegment(ref writer, path[range]);
        }

        if (question >= 0)
        {
            AddKeys(ref writer, target[(question + 1)..]);
        }

        return writer.Length;
    }

    private static void AddSegment(ref ShapeWriter writer, ReadOnlySpan<char> segment)
    {
        int dot = segment.LastIndexOf('.');
        bool extended = dot > 0 && segment.Length - dot - 1 is > 0 and <= MaxExtension && IsExtension(segment[(dot + 1)..]);
        ReadOnlySpan<char> stem = extended ? segment[..dot] : segment;
        writer.Add(IsWord(stem) ? stem : "*");
        if (extended)
        {
            writer.Add(segment[dot..]);
        }
    }

    private static bool IsExtension(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(Alphanumeric) && text.ContainsAnyInRange('a', 'z');

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
                return IsVersionWord(stem);
            }
        }

        return dashes <= 1;
    }

    /// <summary><c>v1</c> and the like, the version of an API.</summary>
    private static bool IsVersionWord(ReadOnlySpan<char> stem) =>
        stem.Length is 2 or 3 && stem[0] is 'v' or 'V' && !stem[1..].ContainsAnyExceptInRange('0', '9');

    private static void AddKeys(ref ShapeWriter writer, ReadOnlySpan<char> query)
    {
        string before = "?";
        foreach (Range range in query.Split('&'))
        {
            ReadOnlySpan<char> pair = query[range];
            int equals = pair.IndexOf('=');
            writer.Add(before);
            writer.Add(equals < 0 ? "*" : pair[..equals]);
            before = "&";
        }
    }
}
