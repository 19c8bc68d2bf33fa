using System.Numerics;

namespace Railgun.Listener.Clients.Compression;

/// <summary>Makes the compressor of one body.</summary>
internal static class BodyCompressors
{
    /// <summary>512 KB: beyond it pages gain little, and each response in flight would hold more memory.</summary>
    private const int MaxWindowBits = 19;

    /// <summary>16 KB: below it the tables do not shrink any more.</summary>
    private const int MinWindowBits = 14;

    /// <summary>A compressor for <paramref name="coding"/>, which is not identity.</summary>
    /// <param name="coding">The coding.</param>
    /// <param name="length">The body's length in bytes if it is known: a short body gets a small window; -1 if not.</param>
    /// <param name="effort">How long it may work.</param>
    public static IBodyCompressor Create(ClientCoding coding, long length, CompressionEffort effort) => coding switch
    {
        ClientCoding.Gzip => new GzipBodyCompressor(effort),
        ClientCoding.Zstd => new ZstdBodyCompressor(WindowBits(length), effort),
        ClientCoding.Brotli => new BrotliBodyCompressor(WindowBits(length), effort),
        _ => throw new ArgumentOutOfRangeException(nameof(coding), coding, "Identity needs no compressor."),
    };

    // Brotli's window is 16 bytes shorter than the power of two (RFC 7932 section 9.1), so a body that just fits takes the next one.
    private static int WindowBits(long length) =>
        length < 0 ? MaxWindowBits : Math.Clamp(BitOperations.Log2((ulong)length + 16) + 1, MinWindowBits, MaxWindowBits);
}
