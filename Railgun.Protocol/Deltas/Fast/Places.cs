using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// Where copies came from lately, as the reader goes along it: in addresses, for the time of one segment. What is aligned with a track is said by its
/// key: how far its bytes are from where they are to be written, and below that two bits for the source. An end is behind what was copied last.
/// </summary>
internal sealed unsafe class Places
{
    /// <summary>The entry of the key of the target itself, no distance away; before it there are a key and an end of each track.</summary>
    public const int Here = 2 * Tracks.Count;

    /// <summary>The entries of keys that say no more than a base.</summary>
    public const int Bases = Here + 1;

    /// <summary>The entries of where the last copy from each source ended; of the target, nothing reads it.</summary>
    public const int SourceEnds = Bases + 2;

    /// <summary>The entry of a key with a source that there is not: <see cref="Nowhere"/>.</summary>
    public const int NoSource = SourceEnds + 3;

    /// <summary>What is no source: the end starts from there.</summary>
    public const int Nowhere = 3;

    /// <summary>From here on, two numbers for each source: the address of its first byte, and at how many places from there on a short copy may begin.</summary>
    public const int Rooms = NoSource + 1;

    /// <summary>From here on, a <see cref="KindStart"/> for each kind.</summary>
    public const int Starts = Rooms + RoomNumbers;

    /// <summary>How many numbers there are from <see cref="Rooms"/> on.</summary>
    public const int RoomNumbers = 8;

    private const int Count = Starts + (2 * FastModel.Kinds);

    private static KindStart[] AllStarts =>
    [
        Aligned(0), Aligned(2), Aligned(4), // with a track
        At(0, 1), // resumed
        At(0, 1), At(2, 3), // near
        Aligned(Here), // past
        At(Bases, SourceEnds), At(Bases + 1, SourceEnds + 1), // far
        Aligned(NoSource), // the end
    ];

    private readonly nint[] _entries = New();
    private readonly nint[] _origins = new nint[3];
    private Tracks _tracks;
    private long _firstEnd;
    private long _secondEnd;

    /// <summary>Keys and ends.</summary>
    public nint* Entries => Pinned.AddressOf(_entries);

    /// <summary>Begins a target.</summary>
    public void Start(bool hasFirst)
    {
        _tracks = new Tracks(hasFirst);
        _firstEnd = 0;
        _secondEnd = 0;
    }

    /// <summary>Begins a segment that will be written to <paramref name="output"/>, where the target has <paramref name="total"/> bytes.</summary>
    public void Open(byte* first, byte* second, byte* output, long total)
    {
        nint here = (nint)output - (nint)total;
        (_origins[0], _origins[1], _origins[2]) = ((nint)first, (nint)second, here);
        for (int i = 0; i < Tracks.Count; i++)
        {
            Track track = _tracks[i];
            nint origin = _origins[(int)track.Source];
            _entries[2 * i] = ((origin - here - (nint)track.Shift) << 2) | (nint)track.Source;
            _entries[(2 * i) + 1] = origin + (nint)track.End;
        }

        _entries[Here] = (nint)CopySource.Target;
        _entries[Bases] = (nint)CopySource.First;
        _entries[Bases + 1] = (nint)CopySource.Second;
        _entries[NoSource] = Nowhere;
        _entries[SourceEnds] = _origins[0] + (nint)_firstEnd;
        _entries[SourceEnds + 1] = _origins[1] + (nint)_secondEnd;
    }

    /// <summary>Keeps what outlives the segment.</summary>
    public void Close()
    {
        _tracks = new Tracks(TrackOf(0), TrackOf(1), TrackOf(2));
        _firstEnd = _entries[SourceEnds] - _origins[0];
        _secondEnd = _entries[SourceEnds + 1] - _origins[1];
    }

    /// <summary>Takes note of a copy: the track with that key comes first, else a new one does and the last is forgotten. Without branches, as nothing here can be foretold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copied(nint* entries, ref Vector128<long> first, ref Vector128<long> second, ref Vector128<long> third, nint key, nint end)
    {
        Vector128<long> track = Vector128.Create(key, end);
        Vector128<long> isFirst = Vector128.Shuffle(Vector128.Equals(track, first), Vector128<long>.Zero);
        Vector128<long> isSecond = Vector128.Shuffle(Vector128.Equals(track, second), Vector128<long>.Zero);
        third = Vector128.ConditionalSelect(isFirst | isSecond, third, second);
        second = Vector128.ConditionalSelect(isFirst, second, first);
        first = track;

        // Most is asked of the first, at once: what was stored in one piece is there sooner.
        entries[0] = key;
        entries[1] = end;
        second.Store((long*)entries + 2);
        third.Store((long*)entries + 4);
        entries[SourceEnds + (key & 3)] = end;
    }

    private static nint[] New()
    {
        nint[] entries = Pinned.Copy<nint>(new nint[Count]);
        AllStarts.CopyTo(MemoryMarshal.Cast<nint, KindStart>(entries.AsSpan(Starts)));
        return entries;
    }

    private static KindStart Aligned(int key) => new() { Key = key, Place = key, Shift = 2, Absolute = 0 };

    private static KindStart At(int key, int place) => new() { Key = key, Place = place, Shift = 0, Absolute = -1 };

    private Track TrackOf(int index)
    {
        nint key = _entries[2 * index];
        var source = (CopySource)(key & 3);
        nint origin = _origins[(int)source];
        return new Track(source, origin - _origins[2] - (key >> 2), _entries[(2 * index) + 1] - origin);
    }
}
