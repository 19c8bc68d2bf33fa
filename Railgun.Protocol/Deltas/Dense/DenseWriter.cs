using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Writes segments at the dense level.</summary>
internal sealed class DenseWriter : ISegmentWriter
{
    private readonly DenseModel _model = new();
    private readonly LiteralModel _literals = new();

    /// <inheritdoc/>
    public void Start(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        _model.Start(new Bases(first.Length, second.Length));
        _literals.Clear();
    }

    /// <inheritdoc/>
    public int Write(in SegmentView view, ReadOnlySpan<Command> commands, bool last, Span<byte> payload)
    {
        var coder = new RangeEncoder(payload);
        int at = view.Start;
        int limit = view.Start + DeltaLimits.MaxSegmentTarget;
        foreach (ref readonly Command command in commands)
        {
            if (at == limit)
            {
                break;
            }

            _model.CodeRun(ref coder, command.Literals);
            WriteLiterals(ref coder, view, at, command.Literals);
            at += command.Literals;
            if (at == limit)
            {
                break;
            }

            _model.CodeCopy(ref coder, command, command.Literals, view.Dropped + at, limit - at);
            at += command.Length;
            if (coder.IsFull)
            {
                return -1;
            }
        }

        _model.CodeLast(ref coder, last);
        int length = coder.Finish();
        return coder.IsFull ? -1 : length;
    }

    private void WriteLiterals(ref RangeEncoder coder, in SegmentView view, int at, int count)
    {
        Place place = _model.Places[0];
        ReadOnlySpan<byte> expected = place.Source == CopySource.First ? view.First : view.Second;
        long aligned = view.Dropped + at - place.Shift;
        for (int i = 0; i < count; i++, aligned++)
        {
            int before = at + i == 0 ? 0 : view.Target[at + i - 1];
            int over = (ulong)aligned < (ulong)expected.Length ? expected[(int)aligned] : 256;
            _literals.Code(ref coder, view.Target[at + i], before, over);
        }
    }
}
