using System.Buffers;
using K4os.Compression.LZ4;
using Railgun.Protocol.Engine;

namespace Railgun.Sender.Coding;

/// <summary>One LZ4 block for each segment, each decodable by itself.</summary>
internal sealed class Lz4Coder : ISegmentCoder
{
    /// <inheritdoc/>
    public Codec Codec => Codec.Lz4;

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<byte> target, bool last, IBufferWriter<byte> output)
    {
        if (!target.IsEmpty)
        {
            output.Advance(LZ4Codec.Encode(target, output.GetSpan(LZ4Codec.MaximumOutputSize(target.Length))));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
