using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// Where copies came from lately, as the reader goes along it: in addresses, for the time of one segment. An entry is a key and an end. The key
/// says what is aligned: the source, above two bits how far its bytes are from where they are to be written; the end is behind what was copied last.
/// </summary>
internal sealed unsafe class Places
{
    /// <summary>The entry behind the three tracks: the target itself, no distance away.</summary>
    public const int Here = Tracks.Count;

    /// <summary>The entry for where the last copy from the first base ended; behind it that of the second base.</summary>
    public const int FirstEnd = Here + 1;

    // One more, for ends of copies from the target, which nothing reads.
    private const int Count = FirstEnd + 3;

    private readonly nint[] _entries = Pinned.Copy<nint>(new nint[2 * Count]);
    private readonly nint[] _origins = new nint[3];
    private Tracks _tracks;
    private long _firstEnd;
    private long _secondEnd;

    /// <summary>Two numbers an entry: key and end.</summary>
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
            Set(i, ((origin - here - (nint)track.Shift) << 2) | (nint)track.Source, origin + (nint)track.End);
        }

        Set(Here, (nint)CopySource.Target, 0);
        Set(FirstEnd, (nint)CopySource.First, _origins[0] + (nint)_firstEnd);
        Set(FirstEnd + 1, (nint)CopySource.Second, _origins[1] + (nint)_secondEnd);
    }

    /// <summary>Keeps what outlives the segment.</summary>
    public void Close()
    {
        _tracks = new Tracks(TrackOf(0), TrackOf(1), TrackOf(2));
        _firstEnd = _entries[(2 * FirstEnd) + 1] - _origins[0];
        _secondEnd = _entries[(2 * FirstEnd) + 3] - _origins[1];
    }

    /// <summary>Takes note of a copy: the track with that key comes first, else a new one does and the last is forgotten. Without branches, as nothing here can be foretold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copied(nint* entries, nint key, nint end)
    {
        int other = key != entries[0] ? 1 : 0;
        int another = other & (key != entries[2] ? 1 : 0);
        Vector128<long> second = Vector128.Load((long*)entries + 2 - (2 * other));
        Vector128<long> third = Vector128.Load((long*)entries + 4 - (2 * another));
        Vector128.Store(second, (long*)entries + 2);
        Vector128.Store(third, (long*)entries + 4);
        Vector128.Store(Vector128.Create((long)key, (long)end), (long*)entries);
        entries[(2 * (FirstEnd + (int)(key & 3))) + 1] = end;
    }

    private void Set(int index, nint key, nint end) => (_entries[2 * index], _entries[(2 * index) + 1]) = (key, end);

    private Track TrackOf(int index)
    {
        nint key = _entries[2 * index];
        var source = (CopySource)(key & 3);
        nint origin = _origins[(int)source];
        return new Track(source, origin - _origins[2] - (key >> 2), _entries[(2 * index) + 1] - origin);
    }
}
