using Railgun.Protocol.Deltas.Dense;
using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Deltas;

/// <summary>
/// Decodes targets, one at a time, driven by whoever reads: it takes coded bytes and gives target bytes as there is room for them, and may
/// stop anywhere. Safe on any input. Reusable, not thread-safe: pool it. Its memory is bounded: at the dense level the target's past within
/// <see cref="DeltaLimits.Window"/> (twice that at most), one segment's target and payload, and the models.
/// At the fast level a segment goes straight to its reader's room if it surely fits there.
/// </summary>
internal sealed class DeltaDecoder : IDisposable
{
    private readonly History _history = new();
    private readonly SegmentIntake _intake = new();
    private readonly FastReader _fast = new();
    private DenseReader? _dense;
    private ReadOnlyMemory<byte> _first;
    private ReadOnlyMemory<byte> _second;
    private DeltaStatus _afterwards;
    private DeltaLevel _level;
    private long _maxTarget;
    private int _written;
    private bool _started;

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
        _level = level;
        _started = true;
        _written = 0;
        _history.Clear();
        _intake.Clear();
        _afterwards = DeltaStatus.NeedCoded;
        StartReader();
    }

    /// <summary>Bytes of target decoded so far; some of them may not be written yet.</summary>
    public long Total => _history.Total;

    /// <summary>Goes on until it needs more, has no room, or comes to the end of a segment.</summary>
    /// <param name="coded">The next coded bytes. May be empty while there is more to write.</param>
    /// <param name="consumed">How many of them were taken; those need not be given again.</param>
    /// <param name="output">Gets the next bytes of the target. What is behind them may be overwritten.</param>
    /// <param name="written">How many of them.</param>
    public DeltaStatus Decode(ReadOnlySpan<byte> coded, out int consumed, Span<byte> output, out int written)
    {
        consumed = 0;
        written = 0;
        if (!_started)
        {
            throw new InvalidOperationException("No target has been started.");
        }

        if (_afterwards is DeltaStatus.Invalid or DeltaStatus.LimitExceeded or DeltaStatus.End && _written == _history.End)
        {
            return _afterwards;
        }

        if (_written == _history.End)
        {
            if (!_intake.TryTake(coded, out consumed, out ReadOnlySpan<byte> payload, out _afterwards))
            {
                return _afterwards;
            }

            _afterwards = ReadSegment(payload, output, out written);
        }

        int left = Math.Min(output.Length - written, _history.End - _written);
        _history.Bytes.AsSpan(_written, left).CopyTo(output[written..]);
        _written += left;
        written += left;
        return _written == _history.End ? _afterwards : DeltaStatus.OutputFull;
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        _history.Dispose();
        _dense?.Dispose();
    }

    private void StartReader()
    {
        if (_level == DeltaLevel.Dense)
        {
            _dense ??= new DenseReader();
            _dense.Start();
        }
        else
        {
            _fast.Start(_first.Length > 0);
        }
    }

    private DeltaStatus ReadSegment(ReadOnlySpan<byte> payload, Span<byte> output, out int written)
    {
        written = 0;
        long most = _maxTarget - _history.Total;
        if (_level == DeltaLevel.Fast)
        {
            return ReadFast(payload, output, most, out written);
        }

        _history.Slide();
        _written = _history.End;
        DeltaStatus status = _intake.Prefix.Stored
            ? ReadStored(payload, most)
            : _dense!.Read(payload, _first.Span, _second.Span, _history, most);
        if (!IsSound(status))
        {
            _history.End = _written;
        }

        return status;
    }

    /// <summary>No past is needed: the segment goes to the output, or, if that may be too small, to where the past would be.</summary>
    private DeltaStatus ReadFast(ReadOnlySpan<byte> payload, Span<byte> output, long most, out int written)
    {
        written = 0;
        _history.Forget();
        _written = 0;
        if (_intake.Prefix.Stored)
        {
            return ReadStored(payload, most);
        }

        int room = (int)Math.Min(most, DeltaLimits.MaxSegmentTarget);
        bool direct = output.Length >= room;
        if (!direct)
        {
            _history.Reserve(room);
            output = _history.Bytes;
        }

        DeltaStatus status = _fast.Read(payload, _first.Span, _second.Span, output, _history.Total, most, out int length);
        if (IsSound(status) && direct)
        {
            _history.Forget(length);
            written = length;
        }
        else if (IsSound(status))
        {
            _history.End = length;
        }

        return status;
    }

    private DeltaStatus ReadStored(ReadOnlySpan<byte> payload, long most)
    {
        if (payload.Length > most)
        {
            return DeltaStatus.LimitExceeded;
        }

        _history.Reserve(payload.Length);
        payload.CopyTo(_history.Bytes.AsSpan(_history.End));
        _history.End += payload.Length;
        StartReader();
        return _intake.Prefix.Last ? DeltaStatus.End : DeltaStatus.SegmentEnd;
    }

    private static bool IsSound(DeltaStatus status) => status is DeltaStatus.SegmentEnd or DeltaStatus.End;
}
