using System.Text;

namespace Railgun.Architecture.Tests;

/// <summary>C# text with its comments and literals blanked, so that a rule about code does not stumble over prose. Lines stay where they are.</summary>
internal static class SourceText
{
    /// <summary>The code alone; every character of a comment or a literal is a space.</summary>
    public static string CodeOf(string text)
    {
        var code = new StringBuilder(text);
        int at = 0;
        while (at < text.Length)
        {
            int end = EndOfProse(text, at);
            for (int i = at; i < end; i++)
            {
                code[i] = text[i] == '\n' ? '\n' : ' ';
            }

            at = Math.Max(end, at + 1);
        }

        return code.ToString();
    }

    // Where the comment or literal that starts here ends; the position itself where none starts.
    private static int EndOfProse(string text, int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        if (rest.StartsWith("//"))
        {
            return EndAfter(text, at, "\n");
        }

        if (rest.StartsWith("/*"))
        {
            return EndAfter(text, at + 2, "*/");
        }

        if (rest.StartsWith("\"\"\""))
        {
            int quotes = 3;
            while (quotes < rest.Length && rest[quotes] == '"')
            {
                quotes++;
            }

            return EndAfter(text, at + quotes, new string('"', quotes));
        }

        return rest[0] switch
        {
            '"' => EndOfLiteral(text, at + 1, '"', IsVerbatim(text, at)),
            '\'' => EndOfLiteral(text, at + 1, '\'', verbatim: false),
            _ => at,
        };
    }

    private static bool IsVerbatim(string text, int quote) =>
        quote > 0 && (text[quote - 1] == '@' || (text[quote - 1] == '$' && quote > 1 && text[quote - 2] == '@'));

    private static int EndOfLiteral(string text, int at, char quote, bool verbatim)
    {
        for (; at < text.Length; at++)
        {
            if (text[at] == '\\' && !verbatim)
            {
                at++;
            }
            else if (text[at] == quote)
            {
                if (!verbatim || at + 1 == text.Length || text[at + 1] != quote)
                {
                    return at + 1;
                }

                at++;
            }
        }

        return text.Length;
    }

    private static int EndAfter(string text, int from, string end)
    {
        int at = text.IndexOf(end, Math.Min(from, text.Length), StringComparison.Ordinal);
        return at < 0 ? text.Length : at + end.Length;
    }
}
