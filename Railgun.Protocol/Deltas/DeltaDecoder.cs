using Railgun.Protocol.Deltas.Dense;
using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Deltas;

/// <summary>
/// Decodes targets, one at a time, driven by whoever reads: it takes coded bytes and gives target bytes as there is room for them, and may
/// stop anywhere. Safe on any input. Reusable, not thread-safe: pool it. Its memory is bounded: the target's past within
/// <see cref="DeltaLimits.Window"/> (twice that at most), one segment's target and payload, and the models.
/// </summary>
internal sealed class DeltaDecoder : IDisposable
{
    private readonly History _history = new();
    private readonly byte[] _head = new byte[SegmentPrefix.MaxSize];
    private byte[] _payload = [];
    private readonly FastReader _fast = new();
    private DenseReader? _dense;
    private ISegmentReader? _reader;
    private ReadOnlyMemory<byte> _first;
    private ReadOnlyMemory<byte> _second;
    private SegmentPrefix _prefix;
    private DeltaStatus _afterwards;
    private long _maxTarget;
    private int _headCount;
    private int _payloadCount;
    private int _written;
    private bool _inPayload;

    /// <summary>Begins a target.</summary>
    /// <param name="level">The level that it was coded at.</param>
    /// <param name="first">The base that the encoder had as first; must stay as it is until the decoding is over.</param>
    /// <param name="second">Likewise; empty if there was none.</param>
    /// <param name="maxTarget">The most bytes that the target may have.</param>
    /// <exception cref="ArgumentOutOfRangeException">A base is longer than <see cref="DeltaLimits.MaxBase"/>.</exception>
    public void Start(DeltaLevel level, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, long maxTarget)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first.Length, DeltaLimits.MaxBase, nameof(first));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(second.Length, DeltaLimits.MaxBase, nameof(second));
        _first = first;
        _second = second;
        _maxTarget = maxTarget;
        _history.Clear();
        _headCount = 0;
        _payloadCount = 0;
        _written = 0;
        _inPayload = false;
        _afterwards = DeltaStatus.NeedCoded;
        if (level == DeltaLevel.Dense)
        {
            _dense ??= new DenseReader();
            _reader = _dense;
        }
        else
        {
            _reader = _fast;
        }

        _reader.Start(first.Length, second.Length);
    }

    /// <summary>Bytes of target decoded so far; some of them may not be written yet.</summary>
    public long Total => _history.Total;

    /// <summary>Goes on until it needs more, has no room, or comes to the end of a segment.</summary>
    /// <param name="coded">The next coded bytes. May be empty while there is more to write.</param>
    /// <param name="consumed">How many of them were taken; those need not be given again.</param>
    /// <param name="output">Gets the next bytes of the target.</param>
    /// <param name="written">How many of them.</param>
    public DeltaStatus Decode(ReadOnlySpan<byte> coded, out int consumed, Span<byte> output, out int written)
    {
        consumed = 0;
        written = 0;
        if (_reader is null)
        {
            throw new InvalidOperationException("No target has been started.");
        }

        if (_afterwards is DeltaStatus.Invalid or DeltaStatus.LimitExceeded or DeltaStatus.End && _written == _history.End)
        {
            return _afterwards;
        }

        if (_written == _history.End && !TakeSegment(coded, out consumed))
        {
            return _afterwards;
        }

        written = Math.Min(output.Length, _history.End - _written);
        _history.Bytes.AsSpan(_written, written).CopyTo(output);
        _written += written;
        return _written == _history.End ? _afterwards : DeltaStatus.OutputFull;
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        _history.Dispose();
        _fast.Dispose();
        _dense?.Dispose();
    }

    /// <summary>True once a segment is decoded; false if there is nothing to write, and <see cref="_afterwards"/> says why.</summary>
    private bool TakeSegment(ReadOnlySpan<byte> coded, out int consumed)
    {
        consumed = 0;
        _afterwards = DeltaStatus.NeedCoded;
        if (!_inPayload && !TakeHead(coded, ref consumed))
        {
            return false;
        }

        if (!TakePayload(coded[consumed..], ref consumed, out ReadOnlySpan<byte> payload))
        {
            return false;
        }

        _history.Slide();
        _written = _history.End;
        _afterwards = _prefix.Stored ? ReadStored(payload) : ReadCoded(payload);
        _inPayload = false;
        _headCount = 0;
        _payloadCount = 0;
        if (_afterwards is not (DeltaStatus.SegmentEnd or DeltaStatus.End))
        {
            _history.End = _written;
            return false;
        }

        return true;
    }

    private bool TakeHead(ReadOnlySpan<byte> coded, ref int consumed)
    {
        while (_headCount == 0 || _headCount < SegmentPrefix.SizeOf(_head[0]))
        {
            if (consumed == coded.Length)
            {
                return false;
            }

            _head[_headCount++] = coded[consumed++];
        }

        if (!SegmentPrefix.TryRead(_head, out _prefix))
        {
            _afterwards = DeltaStatus.Invalid;
            return false;
        }

        _inPayload = true;
        return true;
    }

    /// <summary>The payload as one span: from <paramref name="coded"/> if it is whole there, else gathered.</summary>
    private bool TakePayload(ReadOnlySpan<byte> coded, ref int consumed, out ReadOnlySpan<byte> payload)
    {
        if (_payloadCount == 0 && coded.Length >= _prefix.Length)
        {
            payload = coded[.._prefix.Length];
            consumed += _prefix.Length;
            return true;
        }

        int take = Math.Min(coded.Length, _prefix.Length - _payloadCount);
        if (_payload.Length < _payloadCount + take)
        {
            Array.Resize(ref _payload, Math.Min(DeltaLimits.MaxSegmentTarget, Math.Max(_payloadCount + take, 2 * _payload.Length)));
        }

        coded[..take].CopyTo(_payload.AsSpan(_payloadCount));
        _payloadCount += take;
        consumed += take;
        payload = _payload.AsSpan(0, _payloadCount);
        return _payloadCount == _prefix.Length;
    }

    private DeltaStatus ReadCoded(ReadOnlySpan<byte> payload) =>
        _reader!.Read(payload, _first.Span, _second.Span, _history, _maxTarget - _history.Total);

    private DeltaStatus ReadStored(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > _maxTarget - _history.Total)
        {
            return DeltaStatus.LimitExceeded;
        }

        _history.Reserve(payload.Length);
        payload.CopyTo(_history.Bytes.AsSpan(_history.End));
        _history.End += payload.Length;
        _reader!.Start(_first.Length, _second.Length);
        return _prefix.Last ? DeltaStatus.End : DeltaStatus.SegmentEnd;
    }
}
