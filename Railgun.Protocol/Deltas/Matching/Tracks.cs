namespace Railgun.Protocol.Deltas.Matching;

/// <summary>The last copies of different shift, the latest first.</summary>
internal struct Tracks
{
    /// <summary>How many are remembered.</summary>
    public const int Count = 3;

    private Track _first;
    private Track _second;
    private Track _third;

    /// <summary>The tracks where a target begins: the front of each base, the byte before.</summary>
    public Tracks(bool hasFirst)
    {
        _first = new Track(hasFirst ? CopySource.First : CopySource.Second, 0, 0);
        _second = new Track(hasFirst ? CopySource.Second : CopySource.First, 0, 0);
        _third = new Track(CopySource.Target, 1, 0);
    }

    /// <summary>These three, the latest first.</summary>
    public Tracks(in Track first, in Track second, in Track third)
    {
        _first = first;
        _second = second;
        _third = third;
    }

    /// <summary>One of them.</summary>
    public readonly Track this[int index] => index switch
    {
        0 => _first,
        1 => _second,
        _ => _third,
    };

    /// <summary>Takes note of a copy: the track with that shift comes first, else a new one does and the oldest is forgotten.</summary>
    public void Copied(in Track track)
    {
        if (!IsAlong(_first, track))
        {
            if (!IsAlong(_second, track))
            {
                _third = _second;
            }

            _second = _first;
        }

        _first = track;
    }

    private static bool IsAlong(in Track one, in Track two) => one.Shift == two.Shift && one.Source == two.Source;
}
