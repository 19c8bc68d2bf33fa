using System.IO.Compression;

namespace Railgun.Listener.Clients.Compression;

/// <summary>Gzip through the runtime's stream: it has no coder over spans for this format.</summary>
internal sealed class GzipBodyCompressor : IBodyCompressor
{
    private readonly ZLibCompressionOptions _options = new() { CompressionLevel = 5 };
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
