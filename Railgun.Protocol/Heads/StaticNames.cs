namespace Railgun.Protocol.Heads;

/// <summary>
/// The names that every lane knows from its start, so that its first heads are short: those of control data, and of the static tables of HPACK and QPACK (RFC 7541,
/// appendix A; RFC 9204, appendix A), in both ways to write them. Their numbers are on the wire (WIRE_FORMAT.md, Names).
/// </summary>
internal static class StaticNames
{
    /// <summary>No field: stands before the first field of a request. The other kinds follow, by <see cref="HeadKind"/>.</summary>
    public const int FirstRoot = 0;

    /// <summary>No field: the end of a head.</summary>
    public const int End = 4;

    /// <summary>No field: the pieces of values that are split. The other two ways follow, by <see cref="ValueForm"/>.</summary>
    public const int FirstPieces = 5;

    /// <summary>The first that is a name.</summary>
    public const int FirstField = 8;

    private static readonly string[] Control =
        [ControlName.Method, ControlName.Scheme, ControlName.Authority, ControlName.Target, ControlName.Protocol, ControlName.Status];

    private static readonly string[] Fields =
    [
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Accept-Ranges", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers",
        "Access-Control-Allow-Methods", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Access-Control-Request-Headers",
        "Access-Control-Request-Method", "Age", "Allow", "Alt-Svc", "Authorization", "Cache-Control", "Content-Disposition", "Content-Encoding",
        "Content-Language", "Content-Length", "Content-Location", "Content-Range", "Content-Security-Policy", "Content-Type", "Cookie", "Date", "Early-Data",
        "ETag", "Expect", "Expect-CT", "Expires", "Forwarded", "From", "Host", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range",
        "If-Unmodified-Since", "Last-Modified", "Link", "Location", "Max-Forwards", "Origin", "Proxy-Authenticate", "Proxy-Authorization", "Purpose", "Range",
        "Referer", "Refresh", "Retry-After", "Server", "Set-Cookie", "Strict-Transport-Security", "Timing-Allow-Origin", "Transfer-Encoding",
        "Upgrade-Insecure-Requests", "User-Agent", "Vary", "Via", "WWW-Authenticate", "X-Content-Type-Options", "X-Forwarded-For", "X-Frame-Options",
        "X-XSS-Protection",
    ];

    private static readonly string[] Texts = [.. Enumerable.Repeat("", FirstField), .. Control, .. Fields, .. Fields.Select(Lower)];

    /// <summary>How many there are.</summary>
    public static int Count => Texts.Length;

    /// <summary>The name of a number below <see cref="Count"/>; empty below <see cref="FirstField"/>.</summary>
    public static string Text(int name) => Texts[name];

    /// <summary>Whether the name is that of the date of a message, which others are told relative to.</summary>
    public static bool IsDate(string name) => name.Length == 4 && name.Equals("date", StringComparison.OrdinalIgnoreCase);

    private static string Lower(string name) => string.Create(name.Length, name, static (lower, from) => from.AsSpan().ToLowerInvariant(lower));
}
