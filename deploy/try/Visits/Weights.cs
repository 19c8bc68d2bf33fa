using System.IO.Compression;

namespace Railgun.Try.Visits;

/// <summary>Sums over bodies: as they are, and what each would weigh by itself under gzip and brotli.</summary>
internal sealed class Weights
{
    /// <summary>How many bodies.</summary>
    public int Count { get; private set; }

    /// <summary>Their bytes as they are.</summary>
    public long Plain { get; private set; }

    /// <summary>Under gzip, level 6.</summary>
    public long Gzip { get; private set; }

    /// <summary>Under brotli, quality 5.</summary>
    public long Brotli { get; private set; }

    /// <summary>Weighs one body more.</summary>
    public void Add(byte[] body)
    {
        Count++;
        Plain += body.Length;
        Gzip += Packed(body, into => new GZipStream(into, new ZLibCompressionOptions { CompressionLevel = 6 }, leaveOpen: true));
        Brotli += Packed(body, into => new BrotliStream(into, new BrotliCompressionOptions { Quality = 5 }, leaveOpen: true));
    }

    private static long Packed(byte[] body, Func<Stream, Stream> coder)
    {
        using var packed = new MemoryStream();
        using (Stream stream = coder(packed))
        {
            stream.Write(body);
        }

        return packed.Length;
    }
}
