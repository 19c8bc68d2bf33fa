using System.Net;

namespace Railgun.Benchmarks.Http;

/// <summary>A request's body of noise, made while it is sent.</summary>
/// <param name="length">Its bytes.</param>
internal sealed class NoiseContent(long length) : HttpContent
{
    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (long at = 0; at < length; at += Noise.Piece)
        {
            await stream.WriteAsync(Noise.At(at)[..(int)Math.Min(Noise.Piece, length - at)]);
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}
