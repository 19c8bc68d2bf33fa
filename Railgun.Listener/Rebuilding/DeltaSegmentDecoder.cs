using Railgun.Protocol.Deltas;

namespace Railgun.Listener.Rebuilding;

/// <summary>Deltas (DELTA_FORMAT.md). Step 8 of a request's life.</summary>
internal sealed class DeltaSegmentDecoder : ISegmentDecoder
{
    private readonly DeltaDecoder _decoder = new();
    private bool _awaitsEnd;

    /// <summary>Begins a body.</summary>
    /// <param name="level">How the delta is coded.</param>
    /// <param name="first">The base; empty for none. It must stay valid until the last segment is decoded.</param>
    /// <param name="second">A second base; empty for none.</param>
    /// <param name="maxTarget">The most bytes that the target may have.</param>
    public void Start(DeltaLevel level, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, long maxTarget)
    {
        _awaitsEnd = false;
        _decoder.Start(level, first, second, maxTarget);
    }

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> coded, bool endsSegment, Span<byte> output, out int written)
    {
        written = 0;
        if (_awaitsEnd)
        {
            _awaitsEnd = !endsSegment;
            return coded.IsEmpty;
        }

        while (true)
        {
            DeltaStatus status = _decoder.Decode(coded, out int consumed, output[written..], out int produced);
            coded = coded[consumed..];
            written += produced;
            switch (status)
            {
                case DeltaStatus.NeedCoded:
                    return !endsSegment;
                case DeltaStatus.SegmentEnd or DeltaStatus.End:
                    // The frames and the delta must agree where a segment ends. Its last frame may bring the check alone.
                    _awaitsEnd = !endsSegment;
                    return coded.IsEmpty;
                default:
                    // Full: it stands for more than a segment may.
                    return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();
}
