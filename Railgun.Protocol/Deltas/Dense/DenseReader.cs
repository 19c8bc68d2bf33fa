using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Reads segments at the dense level.</summary>
internal sealed class DenseReader : ISegmentReader
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

            ReadLiterals(ref coder, first, second, history, run);
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

    private void ReadLiterals(ref RangeDecoder coder, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history, int count)
    {
        history.Reserve(count);
        Place place = _model.Places[0];
        ReadOnlySpan<byte> expected = place.Source == CopySource.First ? first : second;
        long aligned = history.Total - place.Shift;
        byte[] target = history.Bytes;
        int end = history.End;
        for (int i = 0; i < count; i++, aligned++, end++)
        {
            int before = end == 0 ? 0 : target[end - 1];
            int over = (ulong)aligned < (ulong)expected.Length ? expected[(int)aligned] : 256;
            target[end] = (byte)_literals.Code(ref coder, 0, before, over);
        }

        history.End = end;
    }
}
