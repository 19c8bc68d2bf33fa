namespace Railgun.Protocol.Deltas;

/// <summary>Takes coded bytes in any pieces until a segment's prefix and payload are whole.</summary>
internal sealed class SegmentIntake
{
    private readonly byte[] _head = new byte[SegmentPrefix.MaxSize];
    private byte[] _payload = [];
    private SegmentPrefix _prefix;
    private int _headCount;
    private int _payloadCount;
    private bool _inPayload;

    /// <summary>The prefix of the last whole segment.</summary>
    public SegmentPrefix Prefix => _prefix;

    /// <summary>Forgets what it has of a segment.</summary>
    public void Clear()
    {
        _headCount = 0;
        _payloadCount = 0;
        _inPayload = false;
    }

    /// <summary>Takes what the segment wants of <paramref name="coded"/>.</summary>
    /// <param name="coded">The next coded bytes.</param>
    /// <param name="consumed">How many of them were taken.</param>
    /// <param name="payload">If the segment is whole, its payload: valid until the next call, within <paramref name="coded"/> or memory of its own.</param>
    /// <param name="status">If it is not: <see cref="DeltaStatus.NeedCoded"/> or <see cref="DeltaStatus.Invalid"/>.</param>
    /// <returns>Whether the segment is whole; then the next one may follow.</returns>
    public bool TryTake(ReadOnlySpan<byte> coded, out int consumed, out ReadOnlySpan<byte> payload, out DeltaStatus status)
    {
        consumed = 0;
        payload = default;
        status = DeltaStatus.NeedCoded;
        if (!_inPayload && !TakeHead(coded, ref consumed, ref status))
        {
            return false;
        }

        payload = TakePayload(coded[consumed..], out int taken);
        consumed += taken;
        if (payload.Length < _prefix.Length)
        {
            return false;
        }

        Clear();
        return true;
    }

    private bool TakeHead(ReadOnlySpan<byte> coded, ref int consumed, ref DeltaStatus status)
    {
        while (_headCount == 0 || _headCount < SegmentPrefix.SizeOf(_head[0]))
        {
            if (consumed == coded.Length)
            {
                return false;
            }

            _head[_headCount++] = coded[consumed++];
        }

        _inPayload = SegmentPrefix.TryRead(_head, out _prefix);
        status = _inPayload ? status : DeltaStatus.Invalid;
        return _inPayload;
    }

    /// <summary>The payload so far as one span: from <paramref name="coded"/> if it is whole there, else gathered.</summary>
    private ReadOnlySpan<byte> TakePayload(ReadOnlySpan<byte> coded, out int taken)
    {
        taken = Math.Min(coded.Length, _prefix.Length - _payloadCount);
        if (taken == _prefix.Length)
        {
            return coded[..taken];
        }

        if (_payload.Length < _payloadCount + taken)
        {
            Array.Resize(ref _payload, Math.Min(DeltaLimits.MaxSegmentTarget, Math.Max(_payloadCount + taken, 2 * _payload.Length)));
        }

        coded[..taken].CopyTo(_payload.AsSpan(_payloadCount));
        _payloadCount += taken;
        return _payload.AsSpan(0, _payloadCount);
    }
}
