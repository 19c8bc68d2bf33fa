using System.Buffers;
using Railgun.Protocol.Deltas.Dense;
using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Deltas;

/// <summary>
/// Codes targets against bases, one target at a time, segment by segment (DELTA_FORMAT.md). Reusable, not thread-safe: pool it. Its memory
/// is bounded: the target's past within <see cref="DeltaLimits.Window"/>, one segment's commands and payload, and the models.
/// </summary>
internal sealed class DeltaEncoder : IDisposable
{
    private readonly History _history = new();
    private readonly FastWriter _fast = new();
    private DenseWriter? _dense;
    private ISegmentWriter? _writer;
    private DeltaBase _first;
    private DeltaBase _second;
    private bool _ended;

    /// <summary>Begins a target.</summary>
    /// <param name="level">The level that the decoder will be started with.</param>
    /// <param name="first">The base that is likelier to be like the target; an empty body is allowed.</param>
    /// <param name="second">Another one, or the default value.</param>
    /// <param name="more">
    /// One more part of something longer, of which the target before was the last one: the dense level works no harder for all of it than for one target as long.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A base is longer than <see cref="DeltaLimits.MaxBase"/>.</exception>
    public void Start(DeltaLevel level, DeltaBase first, DeltaBase second = default, bool more = false)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first.Body.Length, DeltaLimits.MaxBase);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(second.Body.Length, DeltaLimits.MaxBase);
        _first = first;
        _second = second;
        _ended = false;
        _history.Clear();
        if (level == DeltaLevel.Dense)
        {
            _dense ??= new DenseWriter();
            _writer = _dense;
            if (!more)
            {
                _dense.Renew();
            }
        }
        else
        {
            _writer = _fast;
        }

        _writer.Start(first, second);
    }

    /// <summary>Codes the next piece of the target: with these bytes, all coded bytes so far decode to all of the target so far.</summary>
    /// <param name="target">At most <see cref="DeltaLimits.MaxSegmentTarget"/> bytes; may be empty.</param>
    /// <param name="last">Whether the target ends here.</param>
    /// <param name="output">Gets the coded bytes: at most 12 more than <paramref name="target"/> has.</param>
    /// <exception cref="ArgumentOutOfRangeException">The piece is too long.</exception>
    /// <exception cref="InvalidOperationException">Not started, or the target has ended.</exception>
    public void EncodeSegment(ReadOnlySpan<byte> target, bool last, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target.Length, DeltaLimits.MaxSegmentTarget, nameof(target));
        if (_writer is null || _ended)
        {
            throw new InvalidOperationException("No target has been started.");
        }

        _ended = last;
        if (_writer == _fast || (last && _history.Total == 0))
        {
            // No past is needed: the fast level has none, and the only segment's is in it.
            Encode(target, 0, last, output);
            _history.Forget(target.Length);
            return;
        }

        _history.Slide();
        _history.Reserve(target.Length);
        int start = _history.End;
        target.CopyTo(_history.Bytes.AsSpan(start));
        _history.End += target.Length;
        Encode(_history.Bytes.AsSpan(0, _history.End), start, last, output);
    }

    /// <summary>Bytes of the indexes that it has made for its target.</summary>
    public long IndexBytes => _dense?.IndexBytes ?? 0;

    /// <summary>The target is over, coded or not: lets go of its bases, and of what was made for it alone, while the encoder waits for another one.</summary>
    public void Stop()
    {
        _first = default;
        _second = default;
        _ended = true;
        _fast.Stop();
        _dense?.Stop();
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        _history.Dispose();
        _fast.Dispose();
        _dense?.Dispose();
    }

    private void Encode(ReadOnlySpan<byte> target, int start, bool last, IBufferWriter<byte> output)
    {
        int length = target.Length - start;
        var view = new SegmentView
        {
            Target = target,
            Start = start,
            Dropped = _history.Dropped,
            First = _first.Body.Span,
            Second = _second.Body.Span,
        };
        Span<byte> room = output.GetSpan(SegmentPrefix.MaxSize + length + ISegmentWriter.PayloadSlack);

        // The prefix is mostly one byte: leave that much, move the payload if it is more.
        Span<byte> payload = room.Slice(1, length + ISegmentWriter.PayloadSlack);
        int coded = _writer!.Write(view, last, payload);
        var prefix = new SegmentPrefix(false, false, coded);
        if (coded < 0 || coded > Math.Min(length + SegmentPrefix.MaxSize - 1, DeltaLimits.MaxSegmentCoded))
        {
            prefix = new SegmentPrefix(true, last, length);
            target[start..].CopyTo(room[SegmentPrefix.MaxSize..]);
            prefix.Write(room);
            output.Advance(SegmentPrefix.MaxSize + length);
            _writer.Restart();
            return;
        }

        Span<byte> head = stackalloc byte[SegmentPrefix.MaxSize];
        int size = prefix.Write(head);
        if (size > 1)
        {
            payload[..coded].CopyTo(room[size..]);
        }

        head[..size].CopyTo(room);
        output.Advance(size + coded);
    }
}
