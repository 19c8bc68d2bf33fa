using System.IO.Compression;
using Railgun.Sender.Coding;
using Railgun.Sender.Origin;

namespace Railgun.Fuzz.Targets.Content;

/// <summary>
/// Bodies of origins that compress although they were asked not to: the first byte says the coding, the second how the network cuts the rest. However it is cut it is the same body or none, it is
/// what the platform makes of the whole, and it grows within its bounds.
/// </summary>
internal sealed class ContentTarget : IFuzzTarget
{
    private const int Room = 16 * 1024;

    private readonly byte[] _buffer = new byte[Room];
    private readonly MemoryStream _whole = new();
    private readonly MemoryStream _cut = new();

    /// <inheritdoc/>
    public string Name => "content";

    /// <inheritdoc/>
    public int MaxInput => 4 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 128 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        byte[] text = [.. Enumerable.Range(0, 3000).Select(static i => (byte)"<p>a page, and what is on it</p>"[i * i % 31])];
        byte cut = 0;
        foreach (byte[] body in (byte[][])[[], [65], text, new byte[9 << 20]])
        {
            byte[][] coded = [Code(body, static to => new GZipStream(to, CompressionLevel.Optimal)), Code(body, static to => new BrotliStream(to, CompressionLevel.Optimal)),
                Code(body, static to => new ZLibStream(to, CompressionLevel.Optimal)), Code(body, static to => new DeflateStream(to, CompressionLevel.Optimal))];
            for (int i = 0; i < coded.Length; i++)
            {
                if (coded[i].Length < MaxInput)
                {
                    yield return [(byte)i, cut++, .. coded[i]];
                }
            }
        }

        byte[] one = Code("one"u8.ToArray(), static to => new GZipStream(to, CompressionLevel.Fastest));
        yield return [0, 7, .. one, .. one];
        yield return [0, 1, .. one, 0, 0];
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        if (input.Length < 2)
        {
            return;
        }

        ContentCoding coding = (input[0] & 3) switch { 0 => ContentCoding.Gzip, 1 => ContentCoding.Brotli, _ => ContentCoding.Deflate };
        byte[] coded = input[2..];
        OriginFailureKind? failure = Decode(coding, coded, 0, _whole);
        OriginFailureKind? failureOfCut = Decode(coding, coded, input[1], _cut);

        // Which of two faults of a body shows first, its growth or its end, depends on how much the decoder has at a time.
        FuzzFailureException.ThrowUnless(failure is null == failureOfCut is null, $"cut otherwise it is {failureOfCut}, not {failure}");
        if (failure is null)
        {
            FuzzFailureException.ThrowUnless(Bytes(_whole).SequenceEqual(Bytes(_cut)), "cut otherwise it is another body");
        }
        else
        {
            int common = (int)Math.Min(_whole.Length, _cut.Length);
            FuzzFailureException.ThrowUnless(Bytes(_whole)[..common].SequenceEqual(Bytes(_cut)[..common]), "cut otherwise it begins otherwise");
        }
    }

    private OriginFailureKind? Decode(ContentCoding coding, byte[] coded, byte cut, MemoryStream body)
    {
        using var input = new CutInput(coded, cut);
        var exchange = new DecodedExchange(new CodedAnswer(input), coding);
        body.SetLength(0);
        OriginEvent next = Read(exchange);
        for (; next.Kind == OriginEventKind.Data; next = Read(exchange))
        {
            body.Write(_buffer, 0, next.Length);
            FuzzFailureException.ThrowUnless(DecodingLimits.Allow(input.Taken, body.Length), $"{input.Taken} bytes became {body.Length}");
        }

        exchange.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return next.Failure?.Kind;
    }

    private OriginEvent Read(DecodedExchange exchange) => exchange.ReadAsync(_buffer).AsTask().GetAwaiter().GetResult();

    private static ReadOnlySpan<byte> Bytes(MemoryStream body) => body.GetBuffer().AsSpan(0, (int)body.Length);

    private static byte[] Code(byte[] body, Func<Stream, Stream> coder)
    {
        var coded = new MemoryStream();
        using (Stream to = coder(coded))
        {
            to.Write(body);
        }

        return coded.ToArray();
    }
}
