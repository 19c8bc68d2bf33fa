using System.IO.Compression;

namespace Railgun.Listener.Clients.Compression;

/// <summary>Gzip through the runtime's stream: it has no coder over spans for this format.</summary>
/// <param name="effort">How long it may work: at level 3 a quarter less long than at 5, the default.</param>
internal sealed class GzipBodyCompressor(CompressionEffort effort) : IBodyCompressor
{
    private readonly ZLibCompressionOptions _options = new() { CompressionLevel = effort == CompressionEffort.Usual ? 5 : 3 };
    private GZipStream? _gzip;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> body, PooledOutput output) => Open(output).Write(body);

    /// <inheritdoc/>
    public void Flush(PooledOutput output) => Open(output).Flush();

    /// <inheritdoc/>
    public void Finish(PooledOutput output)
    {
        GZipStream gzip = Open(output);

        // Without a single byte written the stream would write nothing at all, not even an empty gzip member.
        gzip.Write([]);
        gzip.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _gzip?.Dispose();

    private GZipStream Open(PooledOutput output) => _gzip ??= new GZipStream(output, _options, leaveOpen: true);
}
