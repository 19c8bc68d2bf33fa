using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Reads segments at the dense level, and at the fast one where the writer has gone over to that.</summary>
internal sealed unsafe class DenseReader : IDisposable
{
    private readonly DenseCoder _coder = new();
    private FastReader? _fast;
    private bool _isFast;

    /// <summary>Begins a target, or after a stored segment.</summary>
    public void Start()
    {
        _coder.Start();
        _isFast = false;
    }

    /// <summary>Decodes one payload behind <paramref name="history"/>'s end, at most <paramref name="most"/> bytes.</summary>
    /// <returns><see cref="DeltaStatus.SegmentEnd"/>, <see cref="DeltaStatus.End"/>, <see cref="DeltaStatus.Invalid"/> or <see cref="DeltaStatus.LimitExceeded"/>.</returns>
    public DeltaStatus Read(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history, long most)
    {
        if (_isFast)
        {
            return ReadFast(payload, first, second, history, most);
        }

        long before = history.Total;
        var coder = new RangeDecoder(payload);
        DeltaStatus status = ReadDense(ref coder, first, second, history, most);
        if (status != DeltaStatus.SegmentEnd)
        {
            return status;
        }

        switch (_coder.CodeSequel(ref coder, Sequel.None))
        {
            case Sequel.None:
                return DeltaStatus.End;
            case Sequel.Dense:
                return DeltaStatus.SegmentEnd;
            default:
                _isFast = true;
                _fast ??= new FastReader();
                _fast.Start(first.Length > 0);
                return ReadFast(payload[coder.Taken..], first, second, history, most - (history.Total - before));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _coder.Dispose();

    private DeltaStatus ReadFast(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history, long most)
    {
        history.Reserve((int)Math.Min(most, DeltaLimits.MaxSegmentTarget));
        DeltaStatus status = _fast!.Read(payload, first, second, history.Bytes.AsSpan(history.End), history.Total, most, out int written);
        history.End += written;
        return status;
    }

    private DeltaStatus ReadDense(ref RangeDecoder coder, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history, long most)
    {
        int room = (int)Math.Min(most, DeltaLimits.MaxSegmentTarget);
        history.Reserve(room);
        fixed (byte* one = first)
        fixed (byte* two = second)
        fixed (byte* target = history.Bytes)
        {
            var scene = new Scene
            {
                First = one,
                FirstLength = first.Length,
                Second = two,
                SecondLength = second.Length,
                Target = target,
                Dropped = history.Dropped,
            };
            DeltaStatus status = _coder.Code(ref coder, scene, history.End, history.End + room, out int reached);
            history.End = reached;
            return status;
        }
    }
}
