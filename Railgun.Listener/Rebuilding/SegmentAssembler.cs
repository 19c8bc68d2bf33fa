using System.Buffers;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// Puts one segment of the target together in a pooled buffer. The buffer is at most one segment long, whatever the coded bytes claim: what a delta
/// can make of few bytes is bounded here (design: decision 9). Step 8 of a request's life.
/// </summary>
/// <param name="decoder">Decodes this body.</param>
internal sealed class SegmentAssembler(ISegmentDecoder decoder) : IDisposable
{
    /// <summary>The most coded bytes of one segment: twice what it stands for is more than any coder needs.</summary>
    public const int MaxCoded = (2 * Limits.MaxSegmentTarget) + 4096;

    /// <summary>Room behind the longest output, so that a decoder can see the end of its input instead of a full buffer.</summary>
    private const int Slack = 64;

    private byte[]? _buffer;
    private int _written;
    private int _coded;
    private bool _ended;

    /// <summary>The decoder; the assembler does not own it.</summary>
    public ISegmentDecoder Decoder => decoder;

    /// <summary>Whether a segment is begun and not ended.</summary>
    public bool IsOpen => _coded > 0 && !_ended;

    /// <summary>What the segment stands for, so far. Valid until <see cref="Next"/>.</summary>
    public ReadOnlyMemory<byte> Target => _buffer.AsMemory(0, _written);

    /// <summary>Takes coded bytes. False if they can't be right; then nothing more may be taken.</summary>
    public bool TryTake(in ResponseEvent data)
    {
        _coded += data.Data.Length;
        _ended = data.EndsSegment;
        if (_coded > MaxCoded || (data.EndsSegment && data.SegmentLength is < 0 or > Limits.MaxSegmentTarget))
        {
            return false;
        }

        _buffer ??= ArrayPool<byte>.Shared.Rent((data.EndsSegment ? data.SegmentLength : Limits.MaxSegmentTarget) + Slack);
        if (!decoder.TryDecode(data.Data.Span, data.EndsSegment, _buffer.AsSpan(_written), out int written))
        {
            return false;
        }

        _written += written;
        return data.EndsSegment ? _written == data.SegmentLength : _written <= Limits.MaxSegmentTarget;
    }

    /// <summary>Hands the buffer of the ended segment over, to be given back to <see cref="ArrayPool{T}.Shared"/> by the caller; the next bytes begin a new segment.</summary>
    public byte[]? Detach()
    {
        byte[]? buffer = _buffer;
        _buffer = null;
        Next();
        return buffer;
    }

    /// <summary>Gives the buffer back; the next bytes begin a new segment.</summary>
    public void Next()
    {
        _written = 0;
        _coded = 0;
        _ended = false;
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Next();
}
