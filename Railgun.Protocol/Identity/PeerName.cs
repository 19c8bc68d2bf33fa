namespace Railgun.Protocol.Identity;

/// <summary>
/// The rule for the names that peers are trusted under. The listener uses them as hosts (<c>http://NAME.railgun/</c>), so they are DNS labels
/// (RFC 1035, section 2.3.1; digits first as in RFC 1123) in lower case.
/// </summary>
internal static class PeerName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 63;

    /// <summary>The rule, for people.</summary>
    public const string Rule = "a name has 1 to 63 of a-z, 0-9 and '-', and neither begins nor ends with '-'";

    /// <summary>Whether <paramref name="name"/> keeps the rule.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > MaxLength || name[0] == '-' || name[^1] == '-')
        {
            return false;
        }

        foreach (char c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A valid name made from a host's name, for example <c>web1</c> of <c>Web1.example.com</c>; <paramref name="otherwise"/> if nothing of it can stand.</summary>
    public static string FromHost(string host, string otherwise)
    {
        Span<char> name = stackalloc char[MaxLength];
        int length = 0;
        foreach (char c in host)
        {
            if (c == '.' || length == name.Length)
            {
                break;
            }

            char lower = char.ToLowerInvariant(c);
            name[length++] = char.IsAsciiLetterOrDigit(lower) ? lower : '-';
        }

        ReadOnlySpan<char> trimmed = name[..length].Trim('-');
        return IsValid(trimmed) ? trimmed.ToString() : otherwise;
    }
}
