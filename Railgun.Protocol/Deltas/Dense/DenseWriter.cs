namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Writes segments at the dense level; where a target would cost too much time there, the rest of it at the fast one.</summary>
internal sealed unsafe class DenseWriter : ISegmentWriter
{
    private readonly DenseCoder _coder = new();
    private readonly FastRest _rest = new();

    /// <summary>Bytes of the indexes that were made for the target.</summary>
    public long IndexBytes => _rest.IndexBytes;

    /// <summary>To be called before <see cref="Start"/>, unless that begins one more part of what was coded last: what was spent on the other parts stays spent.</summary>
    public void Renew() => _coder.Renew();

    /// <inheritdoc/>
    public void Stop()
    {
        _coder.Stop();
        _rest.Stop();
    }

    /// <inheritdoc/>
    public void Start(in DeltaBase first, in DeltaBase second)
    {
        _coder.Start(first.Places, second.Places);
        _rest.Start(first, second);
    }

    /// <inheritdoc/>
    public void Restart()
    {
        _coder.Restart();
        _rest.Restart();
    }

    /// <inheritdoc/>
    public int Write(in SegmentView view, bool last, Span<byte> payload)
    {
        if (_rest.Begun)
        {
            return _rest.Write(view, last, payload);
        }

        var coder = new RangeEncoder(payload);
        int reached = WriteDense(ref coder, view);
        bool whole = reached == view.Target.Length;
        _coder.CodeSequel(ref coder, !whole ? Sequel.Fast : last ? Sequel.None : Sequel.Dense);
        int length = whole ? coder.Finish() : coder.FinishOpen();
        return coder.IsFull ? -1
            : whole ? length
            : WriteRest(view, reached, last, payload, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _coder.Dispose();
        _rest.Dispose();
    }

    private int WriteDense(ref RangeEncoder coder, in SegmentView view)
    {
        fixed (byte* first = view.First)
        fixed (byte* second = view.Second)
        fixed (byte* target = view.Target)
        {
            var scene = new Scene
            {
                First = first,
                FirstLength = view.First.Length,
                Second = second,
                SecondLength = view.Second.Length,
                Target = target,
                Dropped = view.Dropped,
            };
            _coder.Code(ref coder, scene, view.Start, view.Target.Length, out int reached);
            return reached;
        }
    }

    private int WriteRest(in SegmentView view, int from, bool last, Span<byte> payload, int written)
    {
        var rest = new SegmentView { Target = view.Target, Start = from, Dropped = view.Dropped, First = view.First, Second = view.Second };
        int length = _rest.Write(rest, last, payload[written..]);
        return length < 0 || written + length > DeltaLimits.MaxSegmentCoded ? -1 : written + length;
    }
}
