using K4os.Compression.LZ4;

namespace Railgun.Listener.Rebuilding;

/// <summary>LZ4: each segment is one block of its own, so its coded bytes are gathered first. Step 8 of a request's life.</summary>
internal sealed class Lz4SegmentDecoder : ISegmentDecoder
{
    private readonly CodedSegment _segment = new();

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> coded, bool endsSegment, Span<byte> output, out int written)
    {
        written = 0;
        if (!_segment.TryTake(coded, endsSegment, out ReadOnlySpan<byte> whole))
        {
            return false;
        }

        written = endsSegment && !whole.IsEmpty ? LZ4Codec.Decode(whole, output) : 0;
        return written >= 0;
    }

    /// <summary>Forgets a body that was broken off.</summary>
    public void Reset() => _segment.Dispose();

    /// <inheritdoc/>
    public void Dispose() => _segment.Dispose();
}
