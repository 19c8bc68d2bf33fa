using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Versions;

/// <summary>
/// Whether another site may have made a browser send a request. <c>Sec-Fetch-Site</c> (W3C Fetch Metadata) says so: <c>same-origin</c>, <c>none</c> (the user
/// typed it) and <c>same-site</c> are trusted, everything else is not. <c>same-site</c> is, because browsers themselves send SameSite cookies there, and
/// because an application on app.example that asks api.example would never get a base of its own otherwise.
/// Browsers leave the field out towards plain HTTP; there <c>Origin</c>, else <c>Referer</c>, must name the host asked.
/// </summary>
internal static class CrossSite
{
    /// <summary>Whether the request may be another site's doing. Without any sign of it, it is not: programs that are no browsers send none.</summary>
    public static bool Suspects(RequestHead head)
    {
        bool told = false;
        foreach (HeadField field in head.Fields)
        {
            if (field.Name.Equals("Sec-Fetch-Site", StringComparison.OrdinalIgnoreCase))
            {
                told = true;
                if (field.Value is not ("same-origin" or "same-site" or "none"))
                {
                    return true;
                }
            }
        }

        string? source = told ? null : head.Fields.First("Origin") ?? head.Fields.First("Referer");
        return source is not null && !IsOf(source, head.Authority);
    }

    /// <summary>
    /// Whether another site may send such requests as often as it likes: a navigation that a person has begun (<c>Sec-Fetch-User</c>, which no script can write) takes a click each.
    /// </summary>
    public static bool SuspectsMany(RequestHead head) => Suspects(head) && head.Fields.First("Sec-Fetch-User") != "?1";

    private static bool IsOf(ReadOnlySpan<char> url, ReadOnlySpan<char> authority)
    {
        int scheme = url.IndexOf("://");
        if (scheme < 0)
        {
            return false; // "null", or nothing that can be understood
        }

        ReadOnlySpan<char> host = url[(scheme + 3)..];
        int end = host.IndexOfAny('/', '?', '#');
        host = end < 0 ? host : host[..end];
        return WithoutPort(host).Equals(WithoutPort(authority), StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> authority)
    {
        int colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
    }
}
