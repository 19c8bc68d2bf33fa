using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;

namespace Railgun.Listener.Rebuilding;

/// <summary>Deltas against a version of which the sender had the signature (DELTA_FORMAT.md). Step 8 of a request's life.</summary>
internal sealed class SignatureSegmentDecoder : ISegmentDecoder
{
    private readonly CodedSegment _segment = new();
    private readonly SignatureDecoder _decoder = new();

    /// <summary>Begins a body.</summary>
    /// <param name="level">How the delta is coded.</param>
    /// <param name="version">The version that was signed. It must stay valid until the last segment is decoded.</param>
    /// <param name="maxTarget">The most bytes that the target may have.</param>
    public void Start(DeltaLevel level, ReadOnlyMemory<byte> version, long maxTarget) =>
        _decoder.Start(level, version, SignatureShape.Of(version.Length), maxTarget);

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> coded, bool endsSegment, Span<byte> output, out int written)
    {
        written = 0;
        return _segment.TryTake(coded, endsSegment, out ReadOnlySpan<byte> whole) && (!endsSegment || _decoder.TryDecode(whole, output, out written));
    }

    /// <summary>Lets go of the version and of a body that was broken off.</summary>
    public void Stop()
    {
        _decoder.Stop();
        _segment.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _decoder.Dispose();
        _segment.Dispose();
    }
}
