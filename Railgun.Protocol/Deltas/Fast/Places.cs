using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// Where copies came from lately, as the reader goes along it: in addresses, for the time of one segment. What is aligned with a track is said by its
/// key: how far its bytes are from where they are to be written, and below that two bits for the source. An end is behind what was copied last.
/// </summary>
internal sealed unsafe class Places
{
    /// <summary>The entries of the ends of the first and the second track, behind the tracks' keys. That of the third is never asked for.</summary>
    public const int TrackEnds = Tracks.Count;

    /// <summary>The entry of the key of the target itself, no distance away.</summary>
    public const int Here = TrackEnds + 2;

    /// <summary>The entries of keys that say no more than a base.</summary>
    public const int Bases = Here + 1;

    /// <summary>The entries of where the last copy from each source ended; of the target, nothing reads it.</summary>
    public const int SourceEnds = Bases + 2;

    private const int Count = SourceEnds + 3;

    private static readonly KindStart[] AllStarts = Pinned.Copy<KindStart>(
    [
        Aligned(0), Aligned(1), Aligned(2), // with a track
        At(0, TrackEnds), // resumed
        At(0, TrackEnds), At(1, TrackEnds + 1), // near
        Aligned(Here), // past
        At(Bases, SourceEnds), At(Bases + 1, SourceEnds + 1), // far
        Aligned(0), // the end, which changes places with the first
    ]);

    private readonly nint[] _entries = Pinned.Copy<nint>(new nint[Count]);
    private readonly nint[] _origins = new nint[3];
    private Tracks _tracks;
    private long _firstEnd;
    private long _secondEnd;

    /// <summary>By kind.</summary>
    public static KindStart* Starts { get; } = Pinned.AddressOf(AllStarts);

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
            _entries[i] = ((origin - here - (nint)track.Shift) << 2) | (nint)track.Source;
            _entries[i < 2 ? TrackEnds + i : SourceEnds + 2] = origin + (nint)track.End;
        }

        _entries[Here] = (nint)CopySource.Target;
        _entries[Bases] = (nint)CopySource.First;
        _entries[Bases + 1] = (nint)CopySource.Second;
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
    public static void Copied(nint* entries, nint key, nint end)
    {
        nint first = entries[0];
        nint second = entries[1];
        nint other = Differ(key, first);
        nint another = other & Differ(key, second);
        nint firstEnd = entries[TrackEnds];
        nint secondEnd = entries[TrackEnds + 1];
        entries[0] = key;
        entries[1] = second ^ ((first ^ second) & other);
        entries[2] ^= (entries[2] ^ second) & another;
        entries[TrackEnds] = end;
        entries[TrackEnds + 1] = secondEnd ^ ((firstEnd ^ secondEnd) & other);
        entries[SourceEnds + (key & 3)] = end;
    }

    /// <summary>All ones if they differ, else none; written so that no compiler makes a branch of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Differ(nint one, nint other)
    {
        nint differing = one ^ other;
        return (differing | -differing) >> 63;
    }

    private static KindStart Aligned(int key) => new() { Key = key, Place = key, Shift = 2, Absolute = 0 };

    private static KindStart At(int key, int place) => new() { Key = key, Place = place, Shift = 0, Absolute = -1 };

    private Track TrackOf(int index)
    {
        nint key = _entries[index];
        var source = (CopySource)(key & 3);
        nint origin = _origins[(int)source];

        // A third track that becomes the first or the second has an end by then.
        nint end = index < 2 ? _entries[TrackEnds + index] : origin;
        return new Track(source, origin - _origins[2] - (key >> 2), end - origin);
    }
}
