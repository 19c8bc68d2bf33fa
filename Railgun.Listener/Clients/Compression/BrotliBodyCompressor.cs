using System.Buffers;
using System.IO.Compression;

namespace Railgun.Listener.Clients.Compression;

/// <summary>Brotli (RFC 7932) at quality 4, the last one before the slow kinds of search; less for clients on fast lines.</summary>
/// <param name="windowBits">The window's size as a power of two, 10 to 24.</param>
/// <param name="effort">How long it may work.</param>
internal sealed class BrotliBodyCompressor(int windowBits, CompressionEffort effort) : IBodyCompressor
{
    private const int Room = 16 * 1024;

    private BrotliEncoder _encoder = new(Quality(effort), windowBits);

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> body, PooledOutput output) => Compress(body, output, last: false);

    /// <inheritdoc/>
    public void Flush(PooledOutput output)
    {
        OperationStatus status;
        do
        {
            status = _encoder.Flush(output.GetSpan(Room), out int written);
            CompressorFailure.ThrowIf(status, "brotli");
            output.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall);
    }

    /// <inheritdoc/>
    public void Finish(PooledOutput output) => Compress(default, output, last: true);

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    private static int Quality(CompressionEffort effort) => effort switch
    {
        CompressionEffort.Least => 0,
        CompressionEffort.Less => 3,
        _ => 4,
    };

    private void Compress(ReadOnlySpan<byte> body, PooledOutput output, bool last)
    {
        OperationStatus status;
        do
        {
            status = _encoder.Compress(body, output.GetSpan(Room), out int consumed, out int written, last);
            CompressorFailure.ThrowIf(status, "brotli");
            output.Advance(written);
            body = body[consumed..];
        }
        while (status == OperationStatus.DestinationTooSmall || (status == OperationStatus.Done && !body.IsEmpty));
    }
}
