using System.Buffers;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Railgun.Listener.Rebuilding;

/// <summary>One zstd frame (RFC 8878), flushed at the end of each segment. Step 8 of a request's life.</summary>
internal sealed class ZstdSegmentDecoder : ISegmentDecoder
{
    /// <summary>8 MB: the largest window that a sender may use, as RFC 9659 has it for HTTP. It bounds the memory of a decoder.</summary>
    public const int MaxWindowLog = 23;

    private readonly Decompressor _decompressor = new();

    /// <summary>Makes a decoder that refuses larger windows.</summary>
    public ZstdSegmentDecoder() => _decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);

    /// <summary>Begins a body.</summary>
    public void Start() => _decompressor.ResetStream();

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> coded, bool endsSegment, Span<byte> output, out int written)
    {
        OperationStatus status = _decompressor.UnwrapStream(coded, output, out int consumed, out written);
        return status is OperationStatus.Done or OperationStatus.NeedMoreData && consumed == coded.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => _decompressor.Dispose();
}
