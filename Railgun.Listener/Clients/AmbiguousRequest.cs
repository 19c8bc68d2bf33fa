using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Railgun.Listener.Clients;

/// <summary>
/// What Kestrel lets through although two parsers could read it differently (RFC 9112 section 11.2, RFC 9113 section 8.2.1). Whoever sends such a request gets 400,
/// and the connection is closed, for what follows on it may be part of the same trick. Step 1 of a request's life.
/// </summary>
internal static class AmbiguousRequest
{
    private static readonly SearchValues<char> NameChars = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // RFC 9110 section 5.5: visible, above ASCII, blank or tab.
    private static readonly SearchValues<char> NoValueChars = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(static c => c != '\t').Select(static c => (char)c), '\u007F']);

    /// <summary>Null if the request's line and host mean one thing only; else what is wrong with them. The fields are looked at by <see cref="RequestFields"/>.</summary>
    /// <param name="http">The request as Kestrel read it.</param>
    public static string? Problem(HttpContext http)
    {
        HttpRequest request = http.Request;
        return ProblemOfTarget(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)
            ?? (HttpProtocol.IsHttp2(request.Protocol) && !request.Host.HasValue ? "no authority" : null);
    }

    /// <summary>Null if the trailers mean one thing only; else what is wrong with them.</summary>
    public static string? ProblemOfTrailers(HttpContext http, IHeaderDictionary trailers) =>
        trailers.TransferEncoding.Count > 0 ? "Transfer-Encoding behind the body" : ProblemOfFields(trailers, HttpProtocol.IsHttp2(http.Request.Protocol));

    private static string? ProblemOfTarget(string target) =>
        target.AsSpan().ContainsAnyExceptInRange('!', '~') || target.Contains('#', StringComparison.Ordinal) ? "the target holds a character that may not be there" : null;

    /// <summary>Null if the field means one thing only; else what is wrong with it.</summary>
    public static string? ProblemOfField(string name, StringValues values, bool isHttp2)
    {
        if (name.AsSpan().ContainsAnyExcept(NameChars))
        {
            return "a field name is no token";
        }

        if (IsFramingInDisguise(name) || (isHttp2 && IsOfConnection(name)))
        {
            return $"{name} may not be there";
        }

        foreach (string? value in values)
        {
            if (!IsValue(value, isHttp2))
            {
                return $"the value of {name} holds a character that may not be there";
            }
        }

        return null;
    }

    /// <summary>Null if the fields tell the body's end in one way; else what is wrong with them. Asked before <see cref="OwnLength.Unmark"/>.</summary>
    public static string? ProblemOfFraming(HttpRequest request)
    {
        StringValues coding = request.Headers.TransferEncoding;
        if (coding.Count == 0)
        {
            return null;
        }

        return coding.Count > 1 || !"chunked".Equals(coding[0], StringComparison.OrdinalIgnoreCase) ? "Transfer-Encoding is not chunked"
            : request.ContentLength is not null || (request.Headers.TryGetValue(OwnLength.Name, out StringValues lengths) && OwnLength.IsAmong(lengths))
                ? "both Content-Length and Transfer-Encoding"
            : !HttpProtocol.IsHttp11(request.Protocol) ? "Transfer-Encoding in another version than HTTP/1.1"
            : null;
    }

    private static string? ProblemOfFields(IHeaderDictionary fields, bool isHttp2)
    {
        foreach (KeyValuePair<string, StringValues> field in fields)
        {
            if (ProblemOfField(field.Key, field.Value, isHttp2) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    // HTTP/1.1 has blanks around values, HTTP/2 must not.
    private static bool IsValue(ReadOnlySpan<char> value, bool isHttp2) =>
        !value.ContainsAny(NoValueChars) && (!isHttp2 || value.IsEmpty || (value[0] is not (' ' or '\t') && value[^1] is not (' ' or '\t')));

    // RFC 9113 section 8.2.2; Kestrel looks at the other two.
    private static bool IsOfConnection(string name) =>
        name.Equals(HeaderNames.KeepAlive, StringComparison.OrdinalIgnoreCase) || name.Equals(HeaderNames.ProxyConnection, StringComparison.OrdinalIgnoreCase)
        || name.Equals(HeaderNames.Upgrade, StringComparison.OrdinalIgnoreCase);

    // To CGI and what came of it, "_" and "-" are one.
    private static bool IsFramingInDisguise(string name) =>
        name.Equals("Content_Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer_Encoding", StringComparison.OrdinalIgnoreCase);
}
