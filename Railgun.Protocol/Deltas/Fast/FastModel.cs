using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>The codes of all that the fast level says (DELTA_FORMAT.md, The fast level).</summary>
internal sealed unsafe class FastModel
{
    /// <summary>Aligned with the last track; the next two kinds: with the one before, and the one before that.</summary>
    public const int Aligned = 0;

    /// <summary>Where the last copy ended.</summary>
    public const int Resumed = 3;

    /// <summary>Near where the last copy ended; the next kind: near where the last copy of the track before ended.</summary>
    public const int Near = 4;

    /// <summary>The segment's own past.</summary>
    public const int Past = 6;

    /// <summary>Any place of the first base; the next kind: of the second one.</summary>
    public const int Far = 7;

    /// <summary>The segment ends.</summary>
    public const int End = 9;

    /// <summary>How many kinds there are.</summary>
    public const int Kinds = 10;

    /// <summary>The row behind those of all kinds: its addresses are the commands themselves.</summary>
    public const int CommandRow = Kinds;

    /// <summary>How many steps runs of new bytes have.</summary>
    public const int RunSteps = 8;

    /// <summary>The first step of runs that has bits below it.</summary>
    public const int FirstWideRun = 5;

    /// <summary>The step of the longest runs.</summary>
    public const int LongRun = 7;

    /// <summary>Bits that say how many bits a longest run has.</summary>
    public const int LongRunLogBits = 5;

    /// <summary>The most bits of a longest run; more are read as this many.</summary>
    public const int LongestRunLog = 17;

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

    private const int ByteRound = 2048;

    private readonly AdaptiveCode _lengths;
    private readonly AdaptiveCode _otherLengths;
    private readonly AdaptiveCode _nears;
    private readonly AdaptiveCode _distances;
    private readonly AdaptiveCode _jumps;
    private readonly AdaptiveCode _nothing;
    private readonly AdaptiveCode[] _addresses;
    private readonly KindRow[] _rows = GC.AllocateArray<KindRow>(Kinds + 1, pinned: true);
    private bool _renewed = true;
    private bool _bytesReady;
    private int _bytesSaid;

    /// <summary>For a writer, or one that <paramref name="reads"/>.</summary>
    public FastModel(bool reads)
    {
        Commands = new AdaptiveCode(UsualCounts.Commands, reads);
        Bytes = new AdaptiveCode(UsualCounts.Bytes, reads);
        _lengths = new AdaptiveCode(UsualCounts.Lengths, reads);
        _otherLengths = new AdaptiveCode(UsualCounts.OtherLengths, reads);
        _nears = new AdaptiveCode(UsualCounts.Nears, reads);
        _distances = new AdaptiveCode(UsualCounts.Distances, reads);
        _jumps = new AdaptiveCode(UsualCounts.Jumps, reads);
        _nothing = new AdaptiveCode(UsualCounts.Nothing, reads);
        _addresses = [_nothing, _nothing, _nothing, _nothing, _nears, _nears, _distances, _jumps, _jumps, _nothing];
        Rows = Pinned.AddressOf(_rows);
        Start();
    }

    /// <summary>Kind and step of the run: kind times <see cref="RunSteps"/> plus step.</summary>
    public AdaptiveCode Commands { get; }

    /// <summary>New bytes.</summary>
    public AdaptiveCode Bytes { get; }

    /// <summary>By kind.</summary>
    public KindRow* Rows { get; }

    /// <summary>The shortest run of each step.</summary>
    public static ReadOnlySpan<byte> RunBases => [0, 1, 2, 3, 4, 5, 9, 25];

    /// <summary>The bits below each step but the last.</summary>
    public static ReadOnlySpan<byte> RunBits => [0, 0, 0, 0, 0, 2, 4, 0];

    /// <summary>The step of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RunStepOf(int run) => run < FirstWideRun ? run : run < 9 ? FirstWideRun : run < 25 ? FirstWideRun + 1 : LongRun;

    /// <summary>Forgets all.</summary>
    public void Start()
    {
        Commands.Start();
        Bytes.Start();
        _lengths.Start();
        _otherLengths.Start();
        _nears.Start();
        _distances.Start();
        _jumps.Start();
        _bytesReady = false;
        _bytesSaid = 0;
        if (_renewed)
        {
            SetRows();
            _renewed = false;
        }
    }

    /// <summary>To be called before the first new bytes of a segment, against these bases: at a target's first ones their code is made ready.</summary>
    public void PrepareBytes(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!_bytesReady)
        {
            _bytesReady = true;
            Alphabet.Prepare(first.IsEmpty ? second : first, Bytes);
        }
    }

    /// <summary>One round of a segment's new bytes has been said, and more follow: their code is made anew.</summary>
    /// <param name="bytes">All of the segment.</param>
    /// <param name="count">How many.</param>
    /// <param name="begin">Where in each stream the round began.</param>
    /// <param name="end">Where it ended.</param>
    public void EndRound(byte* bytes, int count, int begin, int end)
    {
        CountRound(bytes, count, begin, end);
        Bytes.Make();
    }

    /// <summary>A segment had these new bytes, and the target goes on: once there are enough, their code is made anew.</summary>
    public void Learn(byte* bytes, int count)
    {
        if (count < FastHead.Many)
        {
            Bytes.Count(new ReadOnlySpan<byte>(bytes, count));
        }
        else
        {
            int quarter = ByteStreams.QuarterOf(count);
            int begin = 0;
            for (int end = 0; end < quarter;)
            {
                begin = end;
                end = ByteStreams.EndOfRound(begin, quarter);
            }

            CountRound(bytes, count, begin, quarter);
        }

        _bytesSaid += count;
        if (_bytesSaid >= ByteRound)
        {
            _bytesSaid = 0;
            Bytes.Make();
            Bytes.Halve();
        }
    }

    private void CountRound(byte* bytes, int count, int begin, int end)
    {
        int quarter = ByteStreams.QuarterOf(count);
        for (int stream = 0; stream < ByteStreams.Count; stream++)
        {
            int at = (stream * quarter) + begin;
            Bytes.Count(new ReadOnlySpan<byte>(bytes + at, Math.Min(end - begin, count - at)));
        }
    }

    /// <summary>Counts symbols of commands, as a <see cref="Tally"/> has them, before a round ends.</summary>
    public void Count(ReadOnlySpan<uint> symbols)
    {
        int* commands = Commands.View.Counts;
        foreach (uint said in symbols)
        {
            uint command = said & 0xFF;
            KindRow* row = Rows + (command / RunSteps);
            commands[command] += AdaptiveCode.Gain;
            row->Addresses.Counts[(byte)(said >> 8)] += AdaptiveCode.Gain;
            row->Lengths.Counts[said >> 16] += AdaptiveCode.Gain;
        }
    }

    /// <summary>Makes all codes but that of new bytes anew; those of long rounds forget half.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void EndRound(bool isLong)
    {
        foreach (AdaptiveCode code in (ReadOnlySpan<AdaptiveCode>)[Commands, _lengths, _otherLengths, _nears, _distances, _jumps])
        {
            Renew(code, isLong);
        }

        SetRows();
    }

    private static void Renew(AdaptiveCode code, bool halved)
    {
        code.Make();
        if (halved)
        {
            code.Halve();
        }
    }

    private void SetRows()
    {
        _renewed = true;
        for (int kind = 0; kind < Kinds; kind++)
        {
            AdaptiveCode lengths = kind < Resumed ? _lengths : _otherLengths;
            _rows[kind] = new KindRow { Addresses = _addresses[kind].View, Lengths = lengths.View };
        }

        _rows[CommandRow] = new KindRow { Addresses = Commands.View, Lengths = _nothing.View };
    }
}
