using System.Buffers;

namespace Railgun.Listener.Rebuilding;

/// <summary>Gathers the coded bytes of a segment, for decoders that take it whole. Its one pooled buffer is as long as a segment may be.</summary>
internal sealed class CodedSegment : IDisposable
{
    private byte[]? _gathered;
    private int _length;

    /// <summary>Takes the next bytes.</summary>
    /// <param name="coded">The bytes.</param>
    /// <param name="ends">Whether the segment ends behind them.</param>
    /// <param name="whole">The segment, once it has ended; valid until the next call or as long as <paramref name="coded"/>.</param>
    /// <returns>False if there are too many bytes.</returns>
    public bool TryTake(ReadOnlySpan<byte> coded, bool ends, out ReadOnlySpan<byte> whole)
    {
        whole = coded;
        if (ends && _length == 0)
        {
            return true;
        }

        _gathered ??= ArrayPool<byte>.Shared.Rent(SegmentAssembler.MaxCoded);
        if (_length + coded.Length > _gathered.Length)
        {
            return false;
        }

        coded.CopyTo(_gathered.AsSpan(_length));
        _length += coded.Length;
        whole = _gathered.AsSpan(0, _length);
        if (ends)
        {
            _length = 0;
        }

        return true;
    }

    /// <summary>Forgets what was gathered of a body that was broken off, and gives the buffer back.</summary>
    public void Dispose()
    {
        _length = 0;
        if (_gathered is not null)
        {
            ArrayPool<byte>.Shared.Return(_gathered);
            _gathered = null;
        }
    }
}
