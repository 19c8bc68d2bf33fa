namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Writes segments at the dense level.</summary>
internal sealed unsafe class DenseWriter : ISegmentWriter
{
    private readonly DenseCoder _coder = new();
    private int _first;
    private int _second;

    /// <inheritdoc/>
    public void Start(in DeltaBase first, in DeltaBase second, long previous)
    {
        _first = first.Body.Length;
        _second = second.Body.Length;
        Restart();
    }

    /// <inheritdoc/>
    public void Restart() => _coder.Start(_first, _second);

    /// <inheritdoc/>
    public int Write(in SegmentView view, bool last, Span<byte> payload)
    {
        var coder = new RangeEncoder(payload);
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
            _coder.Code(ref coder, scene, view.Start, view.Target.Length, out _);
        }

        _coder.CodeLast(ref coder, last);
        int length = coder.Finish();
        return coder.IsFull ? -1 : length;
    }

    /// <inheritdoc/>
    public void Dispose() => _coder.Dispose();
}
