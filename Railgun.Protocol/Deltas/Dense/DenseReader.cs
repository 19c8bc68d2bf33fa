namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Reads segments at the dense level.</summary>
internal sealed unsafe class DenseReader : ISegmentReader
{
    private readonly DenseCoder _coder = new();

    /// <inheritdoc/>
    public void Start(int first, int second) => _coder.Start(first, second);

    /// <inheritdoc/>
    public DeltaStatus Read(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history, long most)
    {
        int room = (int)Math.Min(most, DeltaLimits.MaxSegmentTarget);
        history.Reserve(room);
        var coder = new RangeDecoder(payload);
        DeltaStatus status;
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
            status = _coder.Code(ref coder, scene, history.End, history.End + room, out int reached);
            history.End = reached;
        }

        return status != DeltaStatus.SegmentEnd ? status
            : _coder.CodeLast(ref coder, false) ? DeltaStatus.End
            : DeltaStatus.SegmentEnd;
    }

    /// <inheritdoc/>
    public void Dispose() => _coder.Dispose();
}
