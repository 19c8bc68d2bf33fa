using System.Globalization;
using System.Text;

namespace Railgun.Fuzz.Targets.Answers;

/// <summary>
/// A reader of answers that forgives everything, as some client somewhere does: lines that end in LF alone, blanks around names, junk behind numbers, two lengths, both
/// framings. Each combination of habits is one such client. What the sender lets through they must all read alike.
/// </summary>
/// <param name="habits">Its habits, a bit each.</param>
internal sealed class LenientReader(int habits)
{
    /// <summary>How many clients there are.</summary>
    public const int Count = 32;

    private byte[] _bytes = [];
    private int _at;

    private bool LastLengthWins => (habits & 1) != 0;

    private bool LengthWins => (habits & 2) != 0;

    private bool CrEndsLines => (habits & 4) != 0;

    private bool Unfolds => (habits & 8) != 0;

    private bool NeedsChunkedAlone => (habits & 16) != 0;

    /// <summary>Reads the final answer's body.</summary>
    /// <param name="bytes">All that the origin sent.</param>
    /// <param name="isHead">Whether the question was HEAD.</param>
    /// <param name="end">Where the answer ends.</param>
    /// <returns>The body; null if this reader finds none.</returns>
    public byte[]? Read(byte[] bytes, bool isHead, out int end)
    {
        (_bytes, _at) = (bytes, 0);
        int status;
        List<string> lines;
        do
        {
            string first = Line();
            status = first.Length >= 12 && int.TryParse(first.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
            lines = Lines();
        }
        while (status is >= 100 and < 200 and not 101 && _at < bytes.Length);

        byte[]? body = isHead || status is 204 or 304 ? [] : Body(status, lines);
        end = _at;
        return body;
    }

    private byte[]? Body(int status, List<string> lines)
    {
        List<string> lengths = Values(lines, "content-length");
        bool chunked = Values(lines, "transfer-encoding").Exists(value =>
            NeedsChunkedAlone ? value.Equals("chunked", StringComparison.OrdinalIgnoreCase) : value.Contains("chunked", StringComparison.OrdinalIgnoreCase));
        return status == 101 ? Rest()
            : chunked && !(LengthWins && lengths.Count > 0) ? Chunks()
            : lengths.Count > 0 ? Take(Number(LastLengthWins ? lengths[^1] : lengths[0], NumberStyles.None))
            : Rest();
    }

    private byte[]? Chunks()
    {
        var body = new MemoryStream();
        while (_at < _bytes.Length)
        {
            long size = Number(Line(), NumberStyles.AllowHexSpecifier);
            if (size == 0)
            {
                Lines();
                return body.ToArray();
            }

            if (Take(size) is not { } data)
            {
                return null;
            }

            body.Write(data);
            Line();
        }

        return null;
    }

    // As strtol reads: blanks and a sign first, and it stops where the number does.
    private static long Number(string text, NumberStyles style)
    {
        string digits = text.TrimStart(' ', '\t', '+');
        int length = digits.TakeWhile(c => style == NumberStyles.None ? char.IsAsciiDigit(c) : char.IsAsciiHexDigit(c)).Count();
        return length > 0 && long.TryParse(digits.AsSpan(0, length), style, CultureInfo.InvariantCulture, out long number) ? number : 0;
    }

    private List<string> Values(List<string> lines, string name)
    {
        var values = new List<string>();
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0 && line[..colon].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                values.Add(line[(colon + 1)..].Trim());
            }
        }

        return values;
    }

    private List<string> Lines()
    {
        var lines = new List<string>();
        for (string line = Line(); line.Length > 0; line = Line())
        {
            if (Unfolds && line[0] is ' ' or '\t' && lines.Count > 0)
            {
                lines[^1] += line;
            }
            else
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private string Line()
    {
        int start = _at;
        while (_at < _bytes.Length)
        {
            byte next = _bytes[_at++];
            if (next == '\n')
            {
                return Text(start, _at - (_at - 2 >= start && _bytes[_at - 2] == '\r' ? 2 : 1));
            }

            if (CrEndsLines && next == '\r' && (_at == _bytes.Length || _bytes[_at] != '\n'))
            {
                return Text(start, _at - 1);
            }
        }

        return Text(start, _at);
    }

    private string Text(int start, int end) => Encoding.Latin1.GetString(_bytes, start, end - start);

    private byte[]? Take(long count)
    {
        if (count > _bytes.Length - _at)
        {
            return null;
        }

        _at += (int)count;
        return _bytes[(_at - (int)count).._at];
    }

    private byte[] Rest()
    {
        int start = _at;
        _at = _bytes.Length;
        return _bytes[start..];
    }
}
