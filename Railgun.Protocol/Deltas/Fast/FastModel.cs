using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What both sides know at the fast level: the tracks, and the codes of all that is said (DELTA_FORMAT.md, The fast level).</summary>
internal sealed class FastModel
{
    /// <summary>Aligned with the last track; the next two kinds: with the one before, and the one before that.</summary>
    public const int Aligned = 0;

    /// <summary>Where the last copy ended.</summary>
    public const int Resumed = 3;

    /// <summary>Near where the last copy ended; the next kind: near where the last copy of the track before ended.</summary>
    public const int Near = 4;

    /// <summary>The target's own past.</summary>
    public const int Past = 6;

    /// <summary>Any place of a base.</summary>
    public const int Far = 7;

    /// <summary>The segment ends.</summary>
    public const int End = 8;

    /// <summary>How many kinds there are.</summary>
    public const int Kinds = 9;

    /// <summary>How many steps runs of new bytes have.</summary>
    public const int RunSteps = 8;

    /// <summary>The first step of runs that has bits below it.</summary>
    public const int FirstWideRun = 5;

    /// <summary>The step of the longest runs.</summary>
    public const int LongRun = 7;

    /// <summary>Bits that say how many bits a longest run has.</summary>
    public const int LongRunLogBits = 5;

    /// <summary>The most bits of a longest run; more are read as this many.</summary>
    public const int LongestRunLog = 20;

    /// <summary>New bytes that are coded before the code may be made anew.</summary>
    public const int Chunk = 256;

    /// <summary>Near: from so far before the end of the last copy.</summary>
    public const int NearBefore = 8;

    /// <summary>Near: so many places.</summary>
    public const int NearPlaces = 32;

    /// <summary>The symbol for a length as long as it can be.</summary>
    public const int ToEnd = 0;

    /// <summary>Lengths less 1 below 2^this are steps of their own.</summary>
    public const int FineLengths = 4;

    /// <summary>Distances less 1 below 2^this are steps of their own.</summary>
    public const int FineDistances = 1;

    private const int FirstRound = 64;
    private const int LastRound = 1024;
    private const int FirstByteRound = 256;
    private const int LastByteRound = 2048;

    /// <summary>Kind and step of the run: kind times <see cref="RunSteps"/> plus step.</summary>
    public readonly AdaptiveCode Commands = new(UsualCounts.Commands, FirstRound, LastRound);

    /// <summary>Lengths of aligned copies.</summary>
    public readonly AdaptiveCode Lengths = new(UsualCounts.Lengths, FirstRound, LastRound);

    /// <summary>Lengths of other copies.</summary>
    public readonly AdaptiveCode OtherLengths = new(UsualCounts.OtherLengths, FirstRound, LastRound);

    /// <summary>Near places.</summary>
    public readonly AdaptiveCode Nears = new(UsualCounts.Nears, FirstRound, LastRound);

    /// <summary>How far a copy from a base is from the end of the last one from it: twice the log, odd for backward.</summary>
    public readonly AdaptiveCode Jumps = new(UsualCounts.Jumps, FirstRound, LastRound);

    /// <summary>How far back in the target's past, less 1.</summary>
    public readonly AdaptiveCode Distances = new(UsualCounts.Distances, FirstRound, LastRound);

    /// <summary>Where copies came from lately.</summary>
    public Tracks Tracks;

    private readonly AdaptiveCode _bytes = new(UsualCounts.Bytes, FirstByteRound, LastByteRound);
    private Bases _bases;
    private bool _bytesReady;
    private long _firstEnd;
    private long _secondEnd;

    /// <summary>The shortest run of each step.</summary>
    public static ReadOnlySpan<byte> RunBases => [0, 1, 2, 3, 4, 5, 9, 25];

    /// <summary>The bits below each step but the last.</summary>
    public static ReadOnlySpan<byte> RunBits => [0, 0, 0, 0, 0, 2, 4, 0];

    /// <summary>Whether there are two bases.</summary>
    public bool HasSecond => _bases.Second > 0;

    /// <summary>The step of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RunStepOf(int run) => run < FirstWideRun ? run : run < 9 ? FirstWideRun : run < 25 ? FirstWideRun + 1 : LongRun;

    /// <summary>Forgets all.</summary>
    public void Start(int first, int second)
    {
        _bases = new Bases(first, second);
        Tracks = new Tracks(first > 0);
        _firstEnd = 0;
        _secondEnd = 0;
        Commands.Start();
        Lengths.Start();
        OtherLengths.Start();
        Nears.Start();
        Jumps.Start();
        Distances.Start();
        _bytes.Start();
        _bytesReady = false;
    }

    /// <summary>The code of new bytes; at a target's first ones it is made ready.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AdaptiveCode BytesAgainst(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!_bytesReady)
        {
            _bytesReady = true;
            Alphabet.Prepare(first.IsEmpty ? second : first, _bytes);
        }

        return _bytes;
    }

    /// <summary>Whether a copy may read there, where the target has <paramref name="at"/> bytes.</summary>
    public bool IsThere(CopySource source, long from, long at) =>
        source == CopySource.Target ? from >= 0 && from < at && at - from <= DeltaLimits.Window : from >= 0 && from < _bases.LengthOf(source);

    /// <summary>Takes note of a copy.</summary>
    public void Copied(CopySource source, long shift, long end)
    {
        Tracks.Copied(new Track(source, shift, end));
        if (source == CopySource.First)
        {
            _firstEnd = end;
        }
        else if (source == CopySource.Second)
        {
            _secondEnd = end;
        }
    }

    /// <summary>Where the last copy from a base ended: jumps start there.</summary>
    public long LastEnd(CopySource source) => source == CopySource.First ? _firstEnd : _secondEnd;

    /// <summary>How long a copy may be.</summary>
    public int RoomOf(CopySource source, long from, int most) =>
        source == CopySource.Target ? most : (int)Math.Min(most, _bases.LengthOf(source) - from);
}
