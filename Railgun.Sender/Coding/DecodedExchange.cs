using System.IO.Compression;
using System.Runtime.CompilerServices;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Coding;

/// <summary>The body of an origin that compressed it, without that: takes the place of the origin's events once the head has been read.</summary>
internal sealed class DecodedExchange(IOriginExchange origin, ContentCoding coding) : IOriginExchange
{
    // Without it the platform's decoders take a body that was cut off for a whole one.
    static DecodedExchange() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    private readonly OriginBodyStream _coded = new(origin);
    private Stream? _decoder;
    private long _decoded;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            _decoder ??= await MakeDecoderAsync();
            int length = await _decoder.ReadAsync(buffer);
            if (length == 0)
            {
                return await EndAsync(buffer);
            }

            _decoded += length;
            return DecodingLimits.Allow(_coded.Coded, _decoded)
                ? new OriginEvent { Kind = OriginEventKind.Data, Length = length }
                : Fail(OriginFailureKind.LimitExceeded, $"its coded body grows beyond all bounds: {_coded.Coded} bytes have become {_decoded}");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or InvalidOperationException)
        {
            return _coded.Failure is { } failure ? OriginEvent.Failed(failure)
                : _coded is { Coded: 0, Ended: true } ? new OriginEvent { Kind = OriginEventKind.End, Trailers = _coded.Trailers } // nothing at all is no bad coding
                : Fail(OriginFailureKind.BodyBroken, $"its {coding} body can't be decoded: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_decoder is not null)
        {
            await _decoder.DisposeAsync();
        }

        await origin.DisposeAsync();
    }

    private async ValueTask<Stream> MakeDecoderAsync()
    {
        switch (coding)
        {
            case ContentCoding.Gzip:
                return new GZipStream(_coded, CompressionMode.Decompress);
            case ContentCoding.Brotli:
                return new BrotliStream(_coded, CompressionMode.Decompress);
            default:
                // zlib's first byte says method 8 and a window of up to 32 KB; bare deflate never begins with a stored block of that look.
                int first = await _coded.PeekAsync();
                return first is -1 or 0x78 or 0x68 or 0x58 or 0x48 or 0x38 or 0x28 or 0x18 or 0x08
                    ? new ZLibStream(_coded, CompressionMode.Decompress)
                    : new DeflateStream(_coded, CompressionMode.Decompress);
        }
    }

    // The decoder may have its fill before the origin's end is read; the trailers come with that.
    private async ValueTask<OriginEvent> EndAsync(Memory<byte> buffer)
    {
        while (await _coded.ReadAsync(buffer) > 0)
        {
        }

        return new OriginEvent { Kind = OriginEventKind.End, Trailers = _coded.Trailers };
    }

    private static OriginEvent Fail(OriginFailureKind kind, string what) => OriginEvent.Failed(new OriginFailure(kind, "the origin's answer is refused: " + what));
}
