using System.Collections.Frozen;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Versions;

/// <summary>Tells what kind of answer a request expects: by the target's extension, else by <c>Sec-Fetch-Dest</c>, else by <c>Accept</c>.</summary>
internal static class PageKinds
{
    private static readonly FrozenDictionary<string, PageKind>.AlternateLookup<ReadOnlySpan<char>> ByExtension = Extensions();

    /// <summary>The kind that <paramref name="head"/> expects.</summary>
    public static PageKind Of(RequestHead head)
    {
        ReadOnlySpan<char> extension = TargetShape.Extension(head.Target);
        if (!extension.IsEmpty && ByExtension.TryGetValue(extension, out PageKind kind))
        {
            return kind;
        }

        kind = OfDestination(head.Fields.First("Sec-Fetch-Dest"));
        return kind == PageKind.Unknown ? OfAccept(head.Fields.First("Accept")) : kind;
    }

    private static PageKind OfDestination(string? destination) => destination switch
    {
        "document" or "iframe" or "frame" => PageKind.Document,
        "script" or "worker" or "sharedworker" or "serviceworker" => PageKind.Script,
        "style" => PageKind.Style,
        "image" or "font" or "audio" or "video" => PageKind.Packed,
        _ => PageKind.Unknown,
    };

    private static PageKind OfAccept(string? accept)
    {
        if (accept is null)
        {
            return PageKind.Unknown;
        }

        if (accept.Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return PageKind.Document;
        }

        return accept.Contains("json", StringComparison.OrdinalIgnoreCase) ? PageKind.Data : PageKind.Unknown;
    }

    private static FrozenDictionary<string, PageKind>.AlternateLookup<ReadOnlySpan<char>> Extensions()
    {
        Dictionary<string, PageKind> kinds = new(StringComparer.OrdinalIgnoreCase);
        Add(PageKind.Document, "html", "htm", "xhtml");
        Add(PageKind.Data, "json", "xml", "rss", "atom", "geojson", "csv", "txt");
        Add(PageKind.Script, "js", "mjs");
        Add(PageKind.Style, "css");
        Add(PageKind.Packed, "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "woff", "woff2", "mp3", "mp4", "webm", "zip", "gz", "pdf");
        return kinds.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

        void Add(PageKind kind, params ReadOnlySpan<string> extensions)
        {
            foreach (string extension in extensions)
            {
                kinds.Add(extension, kind);
            }
        }
    }
}
