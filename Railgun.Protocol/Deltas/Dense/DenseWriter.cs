using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Writes segments at the dense level.</summary>
internal sealed class DenseWriter : ISegmentWriter
{
    private readonly DenseModel _model = new();
    private readonly LiteralCoder _literals = new();
    private readonly MatchFinder _finder = new();
    private readonly CommandList _commands = new();
    private DeltaBase _first;
    private DeltaBase _second;

    /// <inheritdoc/>
    public void Start(in DeltaBase first, in DeltaBase second, long previous)
    {
        _first = first;
        _second = second;
        _finder.Start(DeltaLevel.Dense, first.Body.Length, second.Body.Length, previous);
        Restart();
    }

    /// <inheritdoc/>
    public void Restart()
    {
        _model.Start(new Bases(_first.Body.Length, _second.Body.Length));
        _literals.Start(_first, _second);
    }

    /// <inheritdoc/>
    public int Write(in SegmentView view, bool last, Span<byte> payload)
    {
        _commands.Clear();
        _finder.Find(view, _first.Index, _second.Index, _commands);
        var coder = new RangeEncoder(payload);
        int at = view.Start;
        int limit = view.Start + DeltaLimits.MaxSegmentTarget;
        foreach (ref readonly Command command in _commands.All)
        {
            if (at == limit)
            {
                break;
            }

            _model.CodeRun(ref coder, command.Literals);
            _literals.Code(ref coder, view.TextsTo(at + command.Literals), at, _model.Places[0]);
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

    /// <inheritdoc/>
    public void Dispose() => _literals.Dispose();
}
