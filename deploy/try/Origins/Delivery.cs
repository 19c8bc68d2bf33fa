using System.Buffers;
using System.IO.Compression;

namespace Railgun.Try.Origins;

/// <summary>What the origin itself sent for one request: the truth that the arrived body is held against.</summary>
internal sealed class Delivery
{
    private readonly ArrayBufferWriter<byte> _sent = new();
    private readonly Lock _lock = new();

    /// <summary>The status code, 0 until the first byte went out.</summary>
    public int Status { get; set; }

    /// <summary>The origin's Content-Encoding; empty for none.</summary>
    public string Encoding { get; set; } = "";

    /// <summary>Takes in bytes just before they are sent.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _sent.Write(bytes);
        }
    }

    /// <summary>The body as the client has to see it, without a coding of its own.</summary>
    public byte[] Body()
    {
        lock (_lock)
        {
            var sent = new MemoryStream(_sent.WrittenSpan.ToArray());
            using Stream plain = Encoding switch
            {
                "gzip" => new GZipStream(sent, CompressionMode.Decompress),
                "br" => new BrotliStream(sent, CompressionMode.Decompress),
                _ => sent,
            };
            var body = new MemoryStream();
            plain.CopyTo(body);
            return body.ToArray();
        }
    }
}
