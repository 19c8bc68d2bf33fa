using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>What the dense level learns of commands: how long runs and copies are, and where copies come from. One code for both sides.</summary>
internal sealed class DenseModel
{
    private const int RunClasses = 6;
    private const int Kinds = 10;

    private readonly NumberModel[] _runs = [new(0), new(3)];
    private readonly NumberModel[] _lengths = [new(6), new(4), new(3)];
    private readonly NumberModel[] _distances = [new(10), new(10), new(10)];
    private readonly BitModel[] _kinds = new BitModel[Kinds * RunClasses * 2];
    private readonly BitModel[] _toEnd = new BitModel[3];
    private readonly BitModel[] _signs = new BitModel[2];
    private BitModel _last;
    private Places _places;
    private Bases _bases;
    private int _afterOther;

    /// <summary>Where copies came from lately.</summary>
    public ref readonly Places Places => ref _places;

    /// <summary>Forgets all; the bases have these lengths.</summary>
    public void Start(Bases bases)
    {
        _bases = bases;
        _places = default;
        _places.Copied(CopySource.Second, 0, 0, 0);
        _places.Copied(CopySource.First, 0, 0, 0);
        _afterOther = 0;
        Clear(_runs);
        Clear(_lengths);
        Clear(_distances);
        for (int kind = 0; kind < Kinds; kind++)
        {
            int no = kind == (int)CopyKind.Aligned ? 65536 / 8 : 65536 / 3;
            _kinds.AsSpan(kind * RunClasses * 2, RunClasses * 2).Fill(new BitModel(no, 2));
        }

        _toEnd.AsSpan().Fill(new BitModel(65536 / 3, 1));
        _signs.AsSpan().Fill(new BitModel(1 << 15, 0));
        _last = new BitModel(65536 / 8, 2);
    }

    /// <summary>How many new bytes come before the copy.</summary>
    public int CodeRun<TCoder>(ref TCoder coder, int run)
        where TCoder : struct, IBitCoder, allows ref struct => _runs[_afterOther].Code(ref coder, run);

    /// <summary>Whether the target ends with this segment.</summary>
    public bool CodeLast<TCoder>(ref TCoder coder, bool last)
        where TCoder : struct, IBitCoder, allows ref struct => BitCoding.Code(ref coder, last ? 0 : 1, ref _last) == 0;

    /// <summary>
    /// The copy after <paramref name="run"/> new bytes, where the target has <paramref name="at"/> bytes and the segment may have
    /// <paramref name="most"/> more; its literals are not coded here. A length of 0: the segment ends. An address may come out beyond its source: check.
    /// </summary>
    public Command CodeCopy<TCoder>(ref TCoder coder, in Command given, int run, long at, int most)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        CopyKind kind = CodeKind(ref coder, given.Length == 0 ? CopyKind.End : KindOf(given, run, at), run, at);
        if (kind == CopyKind.End)
        {
            return new Command(run, 0, CopySource.First, 0);
        }

        (CopySource source, int address) = kind < CopyKind.Past
            ? Likely(kind, at)
            : CodeAddress(ref coder, kind, given.Address, at);
        int room = source == CopySource.Target ? most : (int)Math.Min(most, (uint)Math.Max(0, _bases.LengthOf(source) - address));
        int length = CodeLength(ref coder, kind, given.Length, room);
        if (source != CopySource.Target)
        {
            _places.Copied(source, address, at, length);
        }

        _afterOther = kind == CopyKind.Aligned ? 0 : 1;
        return new Command(run, length, source, address);
    }

    private static void Clear(NumberModel[] models)
    {
        foreach (NumberModel model in models)
        {
            model.Clear();
        }
    }

    private static int RunClass(int run) => run switch
    {
        <= 3 => run,
        <= 8 => 4,
        _ => 5,
    };

    private CopyKind KindOf(in Command given, int run, long at)
    {
        if (given.Source == CopySource.Target)
        {
            return CopyKind.Past;
        }

        for (CopyKind kind = CopyKind.Aligned; kind < CopyKind.Past; kind++)
        {
            if (kind != CopyKind.End && IsPossible(kind, run, at) && Likely(kind, at) == (given.Source, given.Address))
            {
                return kind;
            }
        }

        return given.Source == CopySource.First ? CopyKind.First : CopyKind.Second;
    }

    private CopyKind CodeKind<TCoder>(ref TCoder coder, CopyKind given, int run, long at)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int context = (RunClass(run) * 2) + _afterOther;
        for (CopyKind kind = CopyKind.Aligned; kind < CopyKind.Second; kind++)
        {
            if (IsPossible(kind, run, at)
                && BitCoding.Code(ref coder, given == kind ? 0 : 1, ref _kinds[((int)kind * RunClasses * 2) + context]) == 0)
            {
                return kind;
            }
        }

        return CopyKind.Second;
    }

    private bool IsPossible(CopyKind kind, int run, long at)
    {
        if (kind is CopyKind.End or CopyKind.Past or CopyKind.First)
        {
            return true;
        }

        if (run == 0 && kind == CopyKind.Resumed)
        {
            return false;
        }

        (CopySource source, int address) = Likely(kind, at);
        return (uint)address < (uint)_bases.LengthOf(source);
    }

    private (CopySource Source, int Address) Likely(CopyKind kind, long at)
    {
        Place place = _places[kind == CopyKind.Aligned ? 0 : ((int)kind - 1) >> 1];
        bool aligned = kind is CopyKind.Aligned or CopyKind.SecondAligned or CopyKind.ThirdAligned;
        return (place.Source, aligned ? (int)Math.Clamp(at - place.Shift, -1, int.MaxValue) : place.End);
    }

    private (CopySource Source, int Address) CodeAddress<TCoder>(ref TCoder coder, CopyKind kind, int given, long at)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        if (kind == CopyKind.Past)
        {
            return (CopySource.Target, _distances[0].Code(ref coder, given - 1) + 1);
        }

        CopySource source = kind == CopyKind.First ? CopySource.First : CopySource.Second;
        int near = 0;
        for (int i = Places.Count - 1; i >= 0; i--)
        {
            near = _places[i].Source == source ? _places[i].End : near;
        }

        int which = (int)source;
        int back = BitCoding.Code(ref coder, given < near ? 1 : 0, ref _signs[which]);
        int far = _distances[1 + which].Code(ref coder, Math.Abs(given - near));
        return (source, back != 0 ? near - far : near + far);
    }

    private int CodeLength<TCoder>(ref TCoder coder, CopyKind kind, int given, int room)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int which = kind == CopyKind.Aligned ? 0 : kind < CopyKind.Past ? 1 : 2;
        return BitCoding.Code(ref coder, given == room ? 0 : 1, ref _toEnd[which]) == 0
            ? room
            : _lengths[which].Code(ref coder, given - 1) + 1;
    }
}
