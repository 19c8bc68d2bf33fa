using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What both sides know at the fast level: the places of late, the numbers' codes, the codes of new bytes.</summary>
internal sealed class FastModel
{
    /// <summary>Aligned with the last place; where that is impossible: the segment ends.</summary>
    public const int Aligned = 0;

    /// <summary>Where the last copy from a base ended.</summary>
    public const int Resumed = 1;

    /// <summary>Any place of a base.</summary>
    public const int Far = 2;

    /// <summary>The target's own past.</summary>
    public const int Past = 3;

    /// <summary>Aligned with the place before the last.</summary>
    public const int SecondAligned = 4;

    /// <summary>Where the copy before the last ended.</summary>
    public const int SecondResumed = 5;

    /// <summary>The segment ends.</summary>
    public const int End = 6;

    private static readonly PrefixCode UsualCode = MakeUsual();

    private readonly PrefixCode _primed = new();
    private readonly int[] _counts = new int[256];
    private Bases _bases;
    private bool _counted;

    /// <summary>Where copies came from lately.</summary>
    public Places Places;

    /// <summary>Lengths of runs of new bytes.</summary>
    public NumberCode Runs;

    /// <summary>Lengths of copies, less one: aligned ones, others.</summary>
    public NumberCode Lengths;

    /// <summary>Likewise, of other copies.</summary>
    public NumberCode OtherLengths;

    /// <summary>How far a copy from a base is from the last place in it.</summary>
    public NumberCode Jumps;

    /// <summary>How far back in the target's past, less one.</summary>
    public NumberCode Distances;

    /// <summary>Forgets all.</summary>
    public void Start(in DeltaBase first, in DeltaBase second)
    {
        _bases = new Bases(first.Body.Length, second.Body.Length);
        _counted = false;
        Places = default;
        Places.Copied(CopySource.Second, 0, 0, 0);
        Places.Copied(CopySource.First, 0, 0, 0);
        Runs = new NumberCode(3);
        Lengths = new NumberCode(200);
        OtherLengths = new NumberCode(16);
        Jumps = new NumberCode(2000);
        Distances = new NumberCode(500);
    }

    /// <summary>The code of new bytes for a segment: the usual one, or one made of the base and the new bytes so far.</summary>
    public PrefixCode CodeOf(bool primed, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!primed)
        {
            return UsualCode;
        }

        if (!_counted)
        {
            _counted = true;
            ByteCounts.Usual(_counts);
            ByteCounts.Sample(first.IsEmpty ? second : first, _counts);
        }

        _primed.Make(_counts);
        return _primed;
    }

    /// <summary>Counts new bytes of a segment that had the primed code.</summary>
    public void Count(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            _counts[value] = Math.Min(_counts[value] + 8, 1 << 22);
        }
    }

    /// <summary>Where a copy of a likely kind reads; an address beyond the source: that kind is impossible here.</summary>
    public (CopySource Source, int Address) Likely(int kind, long at)
    {
        Place place = Places[kind is Aligned or Resumed ? 0 : 1];
        return (place.Source, kind is Aligned or SecondAligned ? (int)Math.Clamp(at - place.Shift, -1, int.MaxValue) : place.End);
    }

    /// <summary>Whether a likely kind can be here.</summary>
    public bool IsPossible(int kind, long at)
    {
        (CopySource source, int address) = Likely(kind, at);
        return (uint)address < (uint)_bases.LengthOf(source);
    }

    /// <summary>The last place in a base: jumps start there.</summary>
    public int Near(CopySource source)
    {
        int near = 0;
        for (int i = Deltas.Places.Count - 1; i >= 0; i--)
        {
            near = Places[i].Source == source ? Places[i].End : near;
        }

        return near;
    }

    /// <summary>How long a copy may be.</summary>
    public int Room(CopySource source, int address, int most) =>
        source == CopySource.Target ? most : (int)Math.Min(most, (uint)Math.Max(0, _bases.LengthOf(source) - (long)address));

    /// <summary>Whether there are two bases.</summary>
    public bool HasSecond => _bases.Second > 0;

    private static PrefixCode MakeUsual()
    {
        var code = new PrefixCode();
        Span<int> counts = stackalloc int[256];
        ByteCounts.Usual(counts);
        code.Make(counts);
        return code;
    }
}
