namespace Railgun.Try.Origins.Histories;

/// <summary>The versions of one page, in order: FOLDER/0001.html, 0002.html, … Each request gets the next; after the last the first comes again.</summary>
/// <param name="folder">Whose files are the versions.</param>
internal sealed class PageHistory(string folder)
{
    private readonly string[] _files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
    private int _served = -1;

    /// <summary>The path that the page has on the site.</summary>
    public string Path { get; } = "/" + Uri.EscapeDataString(System.IO.Path.GetFileName(folder));

    /// <summary>How many versions there are.</summary>
    public int Count => _files.Length;

    /// <summary>What kind of content it is, by the first file's extension.</summary>
    public string ContentType => System.IO.Path.GetExtension(_files[0]).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => "text/html; charset=utf-8",
        ".JSON" => "application/json",
        ".XML" => "application/xml",
        ".RSS" => "application/rss+xml",
        ".ATOM" => "application/atom+xml",
        ".CSS" => "text/css",
        ".JS" => "text/javascript",
        ".SVG" => "image/svg+xml",
        ".CSV" => "text/csv; charset=utf-8",
        ".TXT" or ".MD" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };

    /// <summary>The next version's number, from 1, and its bytes.</summary>
    public async Task<(int Number, byte[] Body)> NextAsync(CancellationToken cancellation)
    {
        int index = (int)((uint)Interlocked.Increment(ref _served) % (uint)_files.Length);
        return (index + 1, await File.ReadAllBytesAsync(_files[index], cancellation));
    }
}
