namespace Railgun.Sender.Origin;

/// <summary>Sorts content types (RFC 9110 section 8.3).</summary>
internal static class ContentKinds
{
    private static readonly string[] LiveTypes = ["text/event-stream", "application/grpc", "multipart/x-mixed-replace"];

    private static readonly string[] TextTypes =
        ["text/", "application/json", "application/javascript", "application/x-javascript", "application/xml", "application/x-ndjson", "application/manifest"];

    // Pictures and sounds that are written plainly all the same.
    private static readonly string[] PlainMedia =
        ["image/bmp", "image/x-ms-bmp", "image/x-portable", "image/x-icon", "image/vnd.microsoft.icon", "audio/midi", "audio/x-wav", "audio/wav"];

    private static readonly string[] PackedTypes =
    [
        "image/", "video/", "audio/", "font/woff", "application/font-woff", "application/zip", "application/gzip", "application/x-gzip",
        "application/x-bzip", "application/x-xz", "application/zstd", "application/x-7z", "application/x-rar", "application/vnd.rar",
        "application/java-archive", "application/vnd.openxmlformats", "application/vnd.oasis.opendocument", "application/epub",
        "application/vnd.android.package-archive", "application/x-lz", "application/vnd.debian.binary-package", "application/x-rpm",
    ];

    /// <summary>What <paramref name="contentType"/>, with or without parameters, says; without one the body is worth a trial.</summary>
    public static ContentKind Of(string? contentType)
    {
        ReadOnlySpan<char> type = contentType.AsSpan().TrimStart();
        if (BeginsWithAny(type, LiveTypes))
        {
            return ContentKind.Live;
        }

        if (IsText(type))
        {
            return ContentKind.Text;
        }

        return BeginsWithAny(type, PackedTypes) && !BeginsWithAny(type, PlainMedia) ? ContentKind.Packed : ContentKind.Plain;
    }

    private static bool IsText(ReadOnlySpan<char> type)
    {
        int end = type.IndexOfAny("; \t");
        ReadOnlySpan<char> bare = end < 0 ? type : type[..end];
        return BeginsWithAny(bare, TextTypes)
            || bare.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
    }

    private static bool BeginsWithAny(ReadOnlySpan<char> type, string[] beginnings)
    {
        foreach (string beginning in beginnings)
        {
            if (type.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
