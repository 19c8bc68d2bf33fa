using System.Buffers;

namespace Railgun.Protocol.Versions;

/// <summary>
/// Whether a URL may itself be the credential: a query may carry a token, the parameter of a segment a session (<c>;jsessionid=</c>), and a long random segment
/// of the path is one in links that reset a password or open a shared document (W3C, Good Practices for Capability URLs). UUIDs and short ids are too common
/// as plain names to count.
/// </summary>
internal static class TargetSecrets
{
    /// <summary>The fewest chars of random look that may be a secret: 120 bits in base64url.</summary>
    private const int MinSecret = 20;

    private static readonly SearchValues<char> Token =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:=~");

    /// <summary>Whether <paramref name="target"/> has a query, a parameter, or a segment like a secret.</summary>
    public static bool MayHold(ReadOnlySpan<char> target)
    {
        if (target.ContainsAny('?', ';'))
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

    /// <summary>Files with an extension and escaped words are none; of the others, the pieces between dashes, dots and colons that are neither word nor number count.</summary>
    private static bool IsLikeSecret(ReadOnlySpan<char> segment)
    {
        if (segment.Length < MinSecret || segment.ContainsAnyExcept(Token) || Guid.TryParseExact(segment, "D", out _) || TargetShape.HasExtension(segment))
        {
            return false;
        }

        int random = 0;
        foreach (Range range in segment.SplitAny('-', '_', '.', ':'))
        {
            ReadOnlySpan<char> piece = segment[range];
            random += IsPlain(piece) ? 0 : piece.Length;
        }

        return random >= MinSecret;
    }

    /// <summary>A number, or a word in small letters, capitals, or with a capital first.</summary>
    private static bool IsPlain(ReadOnlySpan<char> piece)
    {
        ReadOnlySpan<char> tail = piece.IsEmpty ? piece : piece[1..];
        return !piece.ContainsAnyExceptInRange('0', '9')
            || !piece.ContainsAnyExceptInRange('A', 'Z')
            || (char.IsAsciiLetter(piece[0]) && !tail.ContainsAnyExceptInRange('a', 'z'));
    }
}
