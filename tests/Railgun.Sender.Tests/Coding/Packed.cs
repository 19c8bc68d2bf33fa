using System.IO.Compression;

namespace Railgun.Sender.Tests.Coding;

/// <summary>Bodies as an origin compresses them.</summary>
internal static class Packed
{
    public static byte[] As(string coding, byte[] body)
    {
        using MemoryStream packed = new();
        using (Stream packer = coding switch
        {
            "gzip" or "x-gzip" => new GZipStream(packed, CompressionLevel.Optimal),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            "bare" => new DeflateStream(packed, CompressionLevel.Optimal),
            _ => new ZLibStream(packed, CompressionLevel.Optimal),
        })
        {
            packer.Write(body);
        }

        return packed.ToArray();
    }
}
