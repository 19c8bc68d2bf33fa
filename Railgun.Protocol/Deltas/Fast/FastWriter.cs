using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Writes segments at the fast level.</summary>
internal sealed class FastWriter : ISegmentWriter
{
    /// <summary>From how many new bytes on a segment has a code of its own.</summary>
    private const int WorthPriming = 192;

    private readonly FastModel _model = new();
    private readonly MatchFinder _finder = new();
    private readonly CommandList _commands = new();
    private DeltaBase _first;
    private DeltaBase _second;

    /// <inheritdoc/>
    public void Start(in DeltaBase first, in DeltaBase second, long previous)
    {
        _first = first;
        _second = second;
        _finder.Start(DeltaLevel.Fast, first.Body.Length, second.Body.Length, previous);
        Restart();
    }

    /// <inheritdoc/>
    public void Restart() => _model.Start(_first, _second);

    /// <inheritdoc/>
    public int Write(in SegmentView view, bool last, Span<byte> payload)
    {
        _commands.Clear();
        _finder.Find(view, _first.Index, _second.Index, _commands);
        ReadOnlySpan<Command> commands = _commands.All;
        int news = 0;
        foreach (ref readonly Command command in commands)
        {
            news += command.Literals;
        }

        bool primed = news >= WorthPriming;
        PrefixCode code = _model.CodeOf(primed, view.First, view.Second);
        var writer = new BitWriter(payload);
        writer.Write(primed ? 1u : 0u, 1);
        int at = view.Start;
        int limit = at + DeltaLimits.MaxSegmentTarget;
        foreach (ref readonly Command command in commands)
        {
            if (at == limit)
            {
                break;
            }

            _model.Runs.Write(ref writer, command.Literals);
            ReadOnlySpan<byte> bytes = view.Target.Slice(at, command.Literals);
            WriteBytes(ref writer, code.Codes, bytes);
            if (primed)
            {
                _model.Count(bytes);
            }

            at += command.Literals;
            if (at == limit)
            {
                break;
            }

            WriteCopy(ref writer, command, view.Dropped + at, limit - at);
            at += command.Length;
            if (writer.IsFull)
            {
                return -1;
            }
        }

        writer.Write(last ? 0u : 1u, 1);
        int length = writer.Finish();
        return writer.IsFull ? -1 : length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static void WriteBytes(ref BitWriter writer, ushort[] codes, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            int code = codes[value];
            writer.Write((uint)code >> 4, code & 15);
        }
    }

    private void WriteCopy(ref BitWriter writer, in Command command, long at, int most)
    {
        int kind = command.Length == 0 ? FastModel.End : KindOf(command, at);
        if (_model.IsPossible(FastModel.Aligned, at))
        {
            writer.Write((1u << kind) - 1, kind == FastModel.End ? kind : kind + 1);
        }
        else
        {
            // Without the aligned kind, the end comes first.
            int code = kind == FastModel.End ? 0 : kind;
            writer.Write((1u << code) - 1, code == FastModel.SecondResumed ? code : code + 1);
        }

        if (kind == FastModel.End)
        {
            return;
        }

        WriteAddress(ref writer, command, kind);
        int room = _model.Room(command.Source, command.Address, most);
        writer.Write(command.Length == room ? 0u : 1u, 1);
        if (command.Length != room)
        {
            ref NumberCode lengths = ref kind == FastModel.Aligned ? ref _model.Lengths : ref _model.OtherLengths;
            lengths.Write(ref writer, command.Length - 1);
        }

        if (command.Source != CopySource.Target)
        {
            _model.Places.Copied(command.Source, command.Address, at, command.Length);
        }
    }

    private int KindOf(in Command command, long at)
    {
        if (command.Source == CopySource.Target)
        {
            return FastModel.Past;
        }

        ReadOnlySpan<int> likely = [FastModel.Aligned, FastModel.Resumed, FastModel.SecondAligned, FastModel.SecondResumed];
        foreach (int kind in likely)
        {
            if (_model.IsPossible(kind, at) && _model.Likely(kind, at) == (command.Source, command.Address))
            {
                return kind;
            }
        }

        return FastModel.Far;
    }

    private void WriteAddress(ref BitWriter writer, in Command command, int kind)
    {
        if (kind == FastModel.Past)
        {
            _model.Distances.Write(ref writer, command.Address - 1);
        }
        else if (kind == FastModel.Far)
        {
            if (_model.HasSecond)
            {
                writer.Write((uint)command.Source, 1);
            }

            int jump = command.Address - _model.Near(command.Source);
            writer.Write(jump < 0 ? 1u : 0u, 1);
            _model.Jumps.Write(ref writer, Math.Abs(jump));
        }
    }
}
