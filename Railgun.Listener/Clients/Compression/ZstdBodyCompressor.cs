using System.Buffers;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Railgun.Listener.Clients.Compression;

/// <summary>Zstandard (RFC 8878) at level 3; at 1, which takes two thirds of the time, for clients on the fastest lines.</summary>
internal sealed class ZstdBodyCompressor : IBodyCompressor
{
    private const int Room = 16 * 1024;

    private readonly Compressor _compressor;

    /// <summary>Starts a frame.</summary>
    /// <param name="windowBits">The window's size as a power of two.</param>
    /// <param name="effort">How long it may work.</param>
    public ZstdBodyCompressor(int windowBits, CompressionEffort effort)
    {
        _compressor = new Compressor(effort == CompressionEffort.Least ? 1 : 3);
        _compressor.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, windowBits);
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> body, PooledOutput output)
    {
        while (!body.IsEmpty)
        {
            OperationStatus status = _compressor.WrapStream(body, output.GetSpan(Room), out int consumed, out int written, isFinalBlock: false);
            CompressorFailure.ThrowIf(status, "zstd");
            output.Advance(written);
            body = body[consumed..];
        }
    }

    /// <inheritdoc/>
    public void Flush(PooledOutput output) => Drain(output, last: false);

    /// <inheritdoc/>
    public void Finish(PooledOutput output) => Drain(output, last: true);

    /// <inheritdoc/>
    public void Dispose() => _compressor.Dispose();

    private void Drain(PooledOutput output, bool last)
    {
        OperationStatus status;
        do
        {
            status = _compressor.FlushStream(output.GetSpan(Room), out int written, last);
            CompressorFailure.ThrowIf(status, "zstd");
            output.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall);
    }
}
