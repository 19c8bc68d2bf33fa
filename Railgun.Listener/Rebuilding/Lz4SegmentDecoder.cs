using System.Buffers;
using K4os.Compression.LZ4;

namespace Railgun.Listener.Rebuilding;

/// <summary>LZ4: each segment is one block of its own, so its coded bytes are gathered first. Step 8 of a request's life.</summary>
internal sealed class Lz4SegmentDecoder : ISegmentDecoder
{
    private byte[]? _gathered;
    private int _length;

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> coded, bool endsSegment, Span<byte> output, out int written)
    {
        written = 0;
        if (!endsSegment || _length > 0)
        {
            if (!TryGather(coded))
            {
                return false;
            }

            coded = _gathered.AsSpan(0, _length);
        }

        if (!endsSegment)
        {
            return true;
        }

        _length = 0;
        written = coded.IsEmpty ? 0 : LZ4Codec.Decode(coded, output);
        return written >= 0;
    }

    /// <summary>Forgets a body that was broken off.</summary>
    public void Reset()
    {
        _length = 0;
        if (_gathered is not null)
        {
            ArrayPool<byte>.Shared.Return(_gathered);
            _gathered = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private bool TryGather(ReadOnlySpan<byte> coded)
    {
        _gathered ??= ArrayPool<byte>.Shared.Rent(SegmentAssembler.MaxCoded);
        if (_length + coded.Length > _gathered.Length)
        {
            return false;
        }

        coded.CopyTo(_gathered.AsSpan(_length));
        _length += coded.Length;
        return true;
    }
}
