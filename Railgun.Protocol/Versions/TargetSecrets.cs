namespace Railgun.Protocol.Versions;

/// <summary>
/// Whether a URL may itself be the credential: a query may carry a token, and so may a long random segment of the path, as in links that reset a password
/// or open a shared document (W3C, Good Practices for Capability URLs). UUIDs and short ids are too common as plain names to count.
/// </summary>
internal static class TargetSecrets
{
    /// <summary>The shortest segment that may be a secret, in chars: 120 bits in base64url.</summary>
    private const int MinSecret = 20;

    /// <summary>Whether <paramref name="target"/> has a query or a segment like a secret.</summary>
    public static bool MayHold(ReadOnlySpan<char> target)
    {
        if (target.Contains('?'))
        {
            return true;
        }

        foreach (Range range in target.Split('/'))
        {
            if (IsLikeSecret(target[range]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLikeSecret(ReadOnlySpan<char> segment)
    {
        if (segment.Length < MinSecret)
        {
            return false;
        }

        int changes = 0;
        for (int i = 0; i < segment.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(segment[i]) && segment[i] is not ('-' or '_' or '=' or '~'))
            {
                return false; // a file's name with its extension, an escape: a word of a language rather than a token
            }

            changes += i > 0 && Kind(segment[i]) != Kind(segment[i - 1]) ? 1 : 0;
        }

        // Words and dates change between letters, digits and dashes now and then; random text does at every second char or so.
        return changes * 3 >= segment.Length && !Guid.TryParseExact(segment, "D", out _);
    }

    private static int Kind(char c) => char.IsAsciiDigit(c) ? 0 : char.IsAsciiLetterLower(c) ? 1 : char.IsAsciiLetterUpper(c) ? 2 : 3;
}
