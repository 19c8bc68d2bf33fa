using System.Collections.Frozen;

namespace Railgun.Listener.Clients.Compression;

/// <summary>Which media types gain from compression.</summary>
internal static class CompressibleTypes
{
    /// <summary>An event stream is never compressed: each event has to leave at once, and a compressor's flush a few bytes later gains nothing.</summary>
    private const string EventStream = "text/event-stream";

    private static readonly FrozenSet<string> Others = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "application/json",
        "application/javascript",
        "application/ecmascript",
        "application/x-javascript",
        "application/xml",
        "application/x-ndjson",
        "application/yaml",
        "application/graphql",
        "application/wasm",
        "application/rtf",
        "application/x-www-form-urlencoded",
        "application/vnd.ms-fontobject",
        "application/dns-json",
        "font/ttf",
        "font/otf",
        "image/bmp",
        "image/x-icon",
        "image/vnd.microsoft.icon");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Others.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a body of this <c>Content-Type</c> is worth compressing.</summary>
    public static bool Contains(string? contentType)
    {
        ReadOnlySpan<char> type = contentType;
        int semicolon = type.IndexOf(';');
        type = (semicolon < 0 ? type : type[..semicolon]).Trim();
        if (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
        {
            return !type.Equals(EventStream, StringComparison.OrdinalIgnoreCase);
        }

        return type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || Lookup.Contains(type);
    }
}
