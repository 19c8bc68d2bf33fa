namespace Railgun.Protocol.Versions;

/// <summary>Walks the members of a comma-separated field value (RFC 9110 section 5.6.1); commas within quoted strings do not part members.</summary>
internal static class ListMembers
{
    /// <summary>Takes the next member that is not empty off <paramref name="rest"/>, without white space around it; false at the end.</summary>
    public static bool TryNext(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> member)
    {
        while (!rest.IsEmpty)
        {
            int end = EndOfMember(rest);
            member = rest[..end].Trim(" \t");
            rest = end < rest.Length ? rest[(end + 1)..] : default;
            if (!member.IsEmpty)
            {
                return true;
            }
        }

        member = default;
        return false;
    }

    private static int EndOfMember(ReadOnlySpan<char> text)
    {
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '\\' && quoted)
            {
                i++;
            }
            else if (c == ',' && !quoted)
            {
                return i;
            }
        }

        return text.Length;
    }
}
