using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// Chooses the commands of the fast level. It goes along the last copy's track as long as little differs; else it takes the best of what
/// <see cref="CandidateSearch"/> finds and what is aligned with the tracks of late, by their prices. Work per byte is bounded.
/// </summary>
internal sealed unsafe class FastFinder
{
    /// <summary>So few bytes may differ between two stretches of a track for a copy along it to be taken unseen,</summary>
    private const int FewNew = 3;

    /// <summary>if so many agree behind them.</summary>
    private const int SureRun = 16;

    /// <summary>Where there is no index.</summary>
    private static readonly BaseIndex Nowhere = BaseIndex.Build(default);

    private readonly PastIndex _past = new();
    private readonly FastField _field = new();
    private readonly CandidateSearch _search;
    private FastCommand[] _commands = new FastCommand[64];
    private int _count;
    private Tracks _tracks;
    private Lanes _lanes;

    /// <summary>For one target at a time.</summary>
    public FastFinder() => _search = new CandidateSearch(_field, _past);

    /// <summary>The commands of the last segment.</summary>
    public ReadOnlySpan<FastCommand> Commands => _commands.AsSpan(0, _count);

    /// <summary>How many new bytes they have.</summary>
    public int NewBytes { get; private set; }

    /// <summary>Begins a target, or after a stored segment: copies of late are forgotten, as the decoder forgets them.</summary>
    public void Start(bool hasFirst)
    {
        _tracks = new Tracks(hasFirst);
        _field.FirstEnd = 0;
        _field.SecondEnd = 0;
    }

    /// <summary>The target is over: lets go of the indexes.</summary>
    public void Stop() => SetIndexes(null, null);

    /// <summary>Chooses the commands of the segment that <paramref name="view"/> shows.</summary>
    public void Find(in SegmentView view, BaseIndex? first, BaseIndex? second)
    {
        fixed (byte* target = view.Target)
        fixed (byte* one = view.First)
        fixed (byte* two = view.Second)
        {
            _field.Target = target;
            _field.Dropped = view.Dropped;
            _field.End = view.Target.Length;
            _field.Limit = DeltaLimits.MaxSegmentTarget;
            _field.First = one;
            _field.FirstLength = view.First.Length;
            _field.Second = two;
            _field.SecondLength = view.Second.Length;
            SetIndexes(view.First.Length >= sizeof(ulong) ? first : null, view.Second.Length >= sizeof(ulong) ? second : null);
            _lanes.First = _field.LaneOf(_tracks[0]);
            _lanes.Second = _field.LaneOf(_tracks[1]);
            _lanes.Third = _field.LaneOf(_tracks[2]);
            _count = 0;
            NewBytes = 0;
            _past.Start();
            _search.BeginSegment(_field.End);
            Go(0);
            _tracks = new Tracks(_field.TrackOf(_lanes.First), _field.TrackOf(_lanes.Second), _field.TrackOf(_lanes.Third));
        }
    }

    private void SetIndexes(BaseIndex? first, BaseIndex? second)
    {
        _field.FirstIndex = first;
        _field.FirstView = (first ?? Nowhere).View;
        _field.SecondIndex = second;
        _field.SecondView = (second ?? Nowhere).View;
    }

    private void Go(int anchor)
    {
        while (true)
        {
            anchor = Follow(anchor);
            int next = anchor < _field.End ? Next(anchor) : -1;
            if (next < 0)
            {
                break;
            }

            anchor = next;
        }

        if (anchor < _field.Limit)
        {
            // Where the segment is full no copy is said; else the end takes the place of the copy that cannot be.
            bool asAligned = _field.End == _field.Limit || !_lanes.First.IsThere(_field.End);
            Add(_field.End - anchor, 0, asAligned ? FastModel.Aligned : FastModel.End, false);
        }
    }

    /// <summary>Goes along the last track as long as only a few bytes at a time differ; returns where that ends.</summary>
    private int Follow(int anchor)
    {
        byte* target = _field.Target;
        byte* source = _lanes.First.Base;
        int high = _lanes.First.High - Sight.Size;
        int begin = anchor;
        if (anchor < _lanes.First.Low)
        {
            return anchor;
        }

        while (anchor <= high)
        {
            uint equal = Vector256.Equals(Vector256.Load(target + anchor), Vector256.Load(source + anchor)).ExtractMostSignificantBits();
            uint runs = equal & (equal >> 1);
            runs &= runs >> 2;
            runs &= runs >> 4;
            int run = BitOperations.TrailingZeroCount(runs & (runs >> 8) & (runs >> (SureRun - 8)));
            if (run > FewNew)
            {
                break;
            }

            int at = anchor + run;
            int length = BitOperations.TrailingZeroCount(~((ulong)equal >> run));
            anchor = run + length == Sight.Size ? Extend(target, source, at + length, high) : at + length;
            bool toEnd = anchor == _lanes.First.Limit || anchor == _field.Limit;
            Add(run, anchor - at, FastModel.Aligned, toEnd);
            Enter(at, anchor);
        }

        if (anchor != begin)
        {
            _lanes.First.Resume = source + anchor;
            _field.Ended(_lanes.First.Source, source + anchor);
        }

        return anchor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Extend(byte* a, byte* b, int at, int high)
    {
        while (at <= high)
        {
            uint equal = Vector256.Equals(Vector256.Load(a + at), Vector256.Load(b + at)).ExtractMostSignificantBits();
            if (equal != uint.MaxValue)
            {
                return at + BitOperations.TrailingZeroCount(~equal);
            }

            at += Sight.Size;
        }

        while (at < high + Sight.Size && a[at] == b[at])
        {
            at++;
        }

        return at;
    }

    /// <summary>The next command, whatever it is; returns where it ends, -1 where only new bytes are left.</summary>
    private int Next(int anchor)
    {
        int at = anchor;
        _search.Expect(at);
        ref Sight ahead = ref _search.Ahead;
        ahead.Look(_field, ref _lanes, at);
        if (ahead.At - at <= FewNew && (ahead.At == at || ahead.End - ahead.At >= SureRun))
        {
            return TakeAhead(anchor);
        }

        int sighted = at + Sight.Settled;
        int misses = 0;
        int last = _field.End - sizeof(ulong);
        _search.Begin(_lanes.First, anchor);
        Candidate best = new() { Worth = Prices.Command };
        while (at < _field.End)
        {
            if (at >= sighted)
            {
                ahead.Look(_field, ref _lanes, at);
                sighted = at + Sight.Settled;
            }

            // What begins just before a sure copy saves too little: these bytes are taken as new, as between two stretches.
            int stop = ahead.End - ahead.At >= SureRun ? ahead.At - FewNew : ahead.At;
            if (at >= stop)
            {
                return TakeAhead(anchor);
            }

            int limit = Math.Min(Math.Min(stop, sighted), last + 1);
            if (at >= limit)
            {
                at++;
                continue;
            }

            at = _search.Scan(at, limit, ref misses);
            if (at >= limit)
            {
                at = Math.Min(at, stop);
                continue;
            }

            _search.Try(anchor, at, ref best);
            if (best.Length > 0)
            {
                _search.Improve(anchor, at + 1, limit, ref best);
                return Take(anchor, best);
            }

            at++;
        }

        return -1;
    }

    private int TakeAhead(int anchor)
    {
        Sight ahead = _search.Ahead;
        _lanes.Promote(ahead.Number);
        ref Lane lane = ref _lanes.First;
        int length = Alike.Forward(_field.Target + ahead.At, lane.Base + ahead.At, lane.High - ahead.At);
        return TakeAligned(anchor, ahead.At, length, ahead.Number);
    }

    private int TakeAligned(int anchor, int at, int length, int number)
    {
        ref Lane lane = ref _lanes.First;
        int end = at + length;
        Add(at - anchor, length, FastModel.Aligned + number, end == lane.Limit || end == _field.Limit);
        lane.Resume = lane.Base + end;
        _field.Ended(lane.Source, lane.Resume);
        Enter(at, end);
        return end;
    }

    private int Take(int anchor, in Candidate match)
    {
        int kind = KindOf(match, out Address address);
        if (kind < FastModel.Resumed)
        {
            _lanes.Promote(kind);
            return TakeAligned(anchor, match.At, match.Length, kind);
        }

        bool toEnd = match.Length == _field.RoomOf(match.Source, match.From, match.At);
        Add(match.At - anchor, match.Length, kind, toEnd, address);
        byte* resume = match.From + match.Length;
        _lanes.Push(_field.LaneOf(match.Source, match.From - match.At, resume));
        _field.Ended(match.Source, resume);
        int end = match.At + match.Length;
        Enter(match.At, end);
        return end;
    }

    /// <summary>The cheapest kind that says it, in the order of the format.</summary>
    private int KindOf(in Candidate match, out Address address)
    {
        byte* aligned = match.From - match.At;
        address = default;
        for (int number = 0; number < Tracks.Count; number++)
        {
            ref Lane lane = ref number == 0 ? ref _lanes.First : ref number == 1 ? ref _lanes.Second : ref _lanes.Third;
            if (aligned == lane.Base && match.Source == lane.Source)
            {
                return FastModel.Aligned + number;
            }
        }

        if (match.Source == _lanes.First.Source && Address.IsNear(match.From - _lanes.First.Resume, out address))
        {
            if (match.From != _lanes.First.Resume)
            {
                return FastModel.Near;
            }

            address = default;
            return FastModel.Resumed;
        }

        if (match.Source == _lanes.Second.Source && Address.IsNear(match.From - _lanes.Second.Resume, out address))
        {
            return FastModel.Near + 1;
        }

        if (match.Source == CopySource.Target)
        {
            address = Address.Back((int)(_field.Target + match.At - match.From));
            return FastModel.Past;
        }

        long end = match.Source == CopySource.First ? _field.FirstEnd : _field.SecondEnd;
        address = Address.Jump((int)(match.From - _field.OriginOf(match.Source) - end));
        return FastModel.Far + (int)match.Source;
    }

    /// <summary>Enters two places of a copy, so that it can be found as the target's past.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Enter(int at, int end)
    {
        if (end < _field.End - sizeof(ulong))
        {
            byte* target = _field.Target;
            _past.Enter(Unsafe.ReadUnaligned<ulong>(target + at + 1), at + 1);
            _past.Enter(Unsafe.ReadUnaligned<ulong>(target + end - 2), end - 2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int run, int length, int kind, bool toEnd, Address address = default)
    {
        if (_count == _commands.Length)
        {
            Array.Resize(ref _commands, 2 * _count);
        }

        NewBytes += run;
        _commands[_count++] = new FastCommand(run, length, (byte)kind, address, toEnd);
    }
}
