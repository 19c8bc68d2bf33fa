using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Reads segments at the dense level.</summary>
internal sealed class DenseReader : ISegmentReader
{
    private readonly DenseModel _model = new();
    private readonly LiteralCoder _literals = new();

    /// <inheritdoc/>
    public void Start(in DeltaBase first, in DeltaBase second)
    {
        _model.Start(new Bases(first.Body.Length, second.Body.Length));
        _literals.Start(first, second);
    }

    /// <inheritdoc/>
    public DeltaStatus Read(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history, long most)
    {
        var coder = new RangeDecoder(payload);
        int left = DeltaLimits.MaxSegmentTarget;
        while (left > 0)
        {
            int run = _model.CodeRun(ref coder, 0);
            if (run > left)
            {
                return DeltaStatus.Invalid;
            }

            if (run > most)
            {
                return DeltaStatus.LimitExceeded;
            }

            history.Reserve(run);
            var texts = new Texts { First = first, Second = second, Target = history.Bytes.AsSpan(0, history.End + run), Dropped = history.Dropped };
            _literals.Code(ref coder, texts, history.End, _model.Places[0]);
            history.End += run;
            left -= run;
            most -= run;
            if (left == 0)
            {
                break;
            }

            Command copy = _model.CodeCopy(ref coder, default, run, history.Total, left);
            if (copy.Length == 0)
            {
                break;
            }

            if (copy.Length > left || !CopyRules.IsSound(copy, first.Length, second.Length, history.Total))
            {
                return DeltaStatus.Invalid;
            }

            if (copy.Length > most)
            {
                return DeltaStatus.LimitExceeded;
            }

            CopyRules.Carry(copy, first, second, history);
            left -= copy.Length;
            most -= copy.Length;
        }

        return _model.CodeLast(ref coder, false) ? DeltaStatus.End : DeltaStatus.SegmentEnd;
    }

    /// <inheritdoc/>
    public void Dispose() => _literals.Dispose();
}
