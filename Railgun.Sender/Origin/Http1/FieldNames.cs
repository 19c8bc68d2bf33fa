using System.Collections.Frozen;
using System.Text;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin.Http1;

/// <summary>One string for each field name that is often seen, in the spellings that are often seen.</summary>
internal static class FieldNames
{
    private const int Longest = 40;

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Known = Make();

    /// <summary>The name, which is a token.</summary>
    public static string Of(ReadOnlySpan<byte> name)
    {
        if (name.Length > Longest)
        {
            return FieldText.Make(name);
        }

        Span<char> text = stackalloc char[Longest];
        text = text[..Encoding.Latin1.GetChars(name, text)];
        return Known.TryGetValue(text, out string? known) ? known : text.ToString();
    }

    private static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Make()
    {
        string[] names =
        [
            "Accept-Ranges", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods",
            "Access-Control-Allow-Origin", "Age", "Allow", "Alt-Svc", "Cache-Control", "Connection", "Content-Disposition", "Content-Encoding",
            "Content-Language", "Content-Length", "Content-Range", "Content-Security-Policy", "Content-Type", "Date", "ETag", "Expires", "Keep-Alive",
            "Last-Modified", "Link", "Location", "Permissions-Policy", "Pragma", "Referrer-Policy", "Retry-After", "Server", "Server-Timing",
            "Set-Cookie", "Strict-Transport-Security", "Trailer", "Transfer-Encoding", "Upgrade", "Vary", "Via", "WWW-Authenticate",
            "X-Content-Type-Options", "X-Frame-Options", "X-Powered-By", "X-Request-ID", "X-XSS-Protection",
        ];
        return names.Concat(names.Select(name => name.ToLowerInvariant())).ToFrozenDictionary(name => name, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
