using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Matching;

/// <summary>
/// Says a segment as commands. Unchanged stretches are skipped with vectors; after a mismatch the same alignment is tried first, then the
/// indexes of the bases and of the target's own past. Work per byte is bounded: a constant number of candidates a place, each compared
/// with vectors, and places are left out the longer nothing is found.
/// </summary>
internal sealed unsafe class MatchFinder
{
    private const int MinAligned = 4;
    private const int Sight = 64;

    private readonly PastIndex _past = new();
    private int _minFound;
    private int _minPast;
    private long _shift;
    private CopySource _source;

    /// <summary>Begins a target; the last one had <paramref name="previous"/> bytes.</summary>
    public void Start(DeltaLevel level, int first, int second, long previous)
    {
        _past.Start(previous + DeltaLimits.MaxSegmentTarget);
        _shift = 0;
        _minFound = level == DeltaLevel.Dense ? 64 : 8;
        _minPast = level == DeltaLevel.Dense ? 48 : 8;
        _source = first == 0 && second > 0 ? CopySource.Second : CopySource.First;
    }

    /// <summary>Says the segment that <paramref name="view"/> shows.</summary>
    public void Find(in SegmentView view, BaseIndex? first, BaseIndex? second, CommandList commands)
    {
        fixed (byte* target = view.Target)
        fixed (byte* one = view.First)
        fixed (byte* two = view.Second)
        {
            var field = new Field
            {
                Target = target,
                Dropped = view.Dropped,
                End = view.Target.Length,
                First = one,
                FirstLength = view.First.Length,
                FirstIndex = view.First.Length >= sizeof(ulong) ? first : null,
                Second = two,
                SecondLength = view.Second.Length,
                SecondIndex = view.Second.Length >= sizeof(ulong) ? second : null,
            };
            int at = view.Start;
            int anchor = at;
            while (Next(field, anchor, at, out Match match))
            {
                commands.Add(new Command(match.At - anchor, match.Length, match.Source, match.Address));
                anchor = match.At + match.Length;
                at = anchor;
                if (match.Source != CopySource.Target)
                {
                    _source = match.Source;
                    _shift = view.Dropped + match.At - match.Address;
                }
            }

            commands.Add(new Command(field.End - anchor, 0, CopySource.First, 0));
        }
    }

    private bool Next(in Field field, int anchor, int at, out Match match)
    {
        match = default;
        int resync = -1;
        int sighted = at;
        int misses = 0;
        while (at < field.End)
        {
            if (at >= sighted)
            {
                resync = Resync(field, at, out sighted);
            }

            if (at == resync)
            {
                match = Aligned(field, at);
                return true;
            }

            if (at + sizeof(ulong) > field.End)
            {
                at++;
                continue;
            }

            if (Found(field, anchor, at, ref match))
            {
                return true;
            }

            at += 1 + (misses++ >> 6);
            if (resync >= 0 && at > resync)
            {
                at = resync;
            }
        }

        return false;
    }

    /// <summary>The first place from <paramref name="at"/> on, within sight, where the target agrees with the expected place for a while; -1 for none.</summary>
    private int Resync(in Field field, int at, out int sighted)
    {
        long address = field.Dropped + at - _shift;
        byte* origin = field.Origin(_source, out int length);
        int limit = (int)Math.Min(Math.Min(field.End - at, Sight), length - address);
        sighted = at + Sight;
        if (address < 0 || limit <= 0)
        {
            return -1;
        }

        byte* one = field.Target + at;
        byte* two = origin + address;
        int run = 0;
        for (int i = 0; i < limit; i++)
        {
            run = one[i] == two[i] ? run + 1 : 0;
            if (run == MinAligned || (run > 0 && at + i + 1 == field.End))
            {
                return at + i + 1 - run;
            }
        }

        sighted = at + Math.Max(1, limit - MinAligned);
        return -1;
    }

    private Match Aligned(in Field field, int at)
    {
        int address = (int)(field.Dropped + at - _shift);
        byte* origin = field.Origin(_source, out int length);
        return new Match(at, Alike.Forward(field.Target + at, origin + address, Math.Min(field.End - at, length - address)), _source, address);
    }

    private bool Found(in Field field, int anchor, int at, ref Match best)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(field.Target + at);
        if (field.FirstIndex is not null)
        {
            Try(field, anchor, at, CopySource.First, field.FirstIndex.Find(word), ref best);
        }

        if (field.SecondIndex is not null)
        {
            Try(field, anchor, at, CopySource.Second, field.SecondIndex.Find(word), ref best);
        }

        int back = _past.Swap(word, field.Dropped + at);
        if (back > 0 && back <= at)
        {
            TryPast(field, anchor, at, back, ref best);
        }

        return best.Length > 0;
    }

    private void Try(in Field field, int anchor, int at, CopySource source, int address, ref Match best)
    {
        byte* origin = field.Origin(source, out int length);
        if ((uint)address >= (uint)length)
        {
            return;
        }

        int ahead = Alike.Forward(field.Target + at, origin + address, Math.Min(field.End - at, length - address));
        if (ahead >= 6)
        {
            int behind = Alike.Backward(field.Target + at, origin + address, Math.Min(at - anchor, address));
            best = ahead + behind > best.Length && ahead + behind >= _minFound ? new Match(at - behind, ahead + behind, source, address - behind) : best;
        }
    }

    private void TryPast(in Field field, int anchor, int at, int back, ref Match best)
    {
        byte* here = field.Target + at;
        int ahead = Alike.Forward(here, here - back, field.End - at);
        if (ahead >= 6)
        {
            int behind = Alike.Backward(here, here - back, Math.Min(at - anchor, at - back));
            best = ahead + behind > best.Length && ahead + behind >= _minPast ? new Match(at - behind, ahead + behind, CopySource.Target, back) : best;
        }
    }
}
