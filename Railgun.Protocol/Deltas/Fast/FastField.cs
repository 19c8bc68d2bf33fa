using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What the finder looks at, pinned for the time of one segment. Places of the target are offsets in its buffer.</summary>
internal sealed unsafe class FastField
{
    /// <summary>The segment.</summary>
    public byte* Target;

    /// <summary>Where the segment ends in <see cref="Target"/>.</summary>
    public int End;

    /// <summary>Where it would end at most.</summary>
    public int Limit;

    /// <summary>How much of the target is before <see cref="Target"/>.</summary>
    public long Dropped;

    /// <summary>The first base.</summary>
    public byte* First;

    /// <summary>Its length.</summary>
    public int FirstLength;

    /// <summary>Its index, if it has one.</summary>
    public BaseIndex? FirstIndex;

    /// <summary>That index, or one without anything.</summary>
    public IndexView FirstView;

    /// <summary>Where the last copy from it ended.</summary>
    public long FirstEnd;

    /// <summary>The second base.</summary>
    public byte* Second;

    /// <summary>Its length.</summary>
    public int SecondLength;

    /// <summary>Its index, if it has one.</summary>
    public BaseIndex? SecondIndex;

    /// <summary>That index, or one without anything.</summary>
    public IndexView SecondView;

    /// <summary>Where the last copy from it ended.</summary>
    public long SecondEnd;

    /// <summary>Where the offset 0 of a source is, or would be.</summary>
    public byte* OriginOf(CopySource source) => source switch
    {
        CopySource.Target => Target - Dropped,
        CopySource.First => First,
        _ => Second,
    };

    /// <summary>Behind what can be read of a source; of the target, with the segment that is being said.</summary>
    public byte* EndOf(CopySource source) => source switch
    {
        CopySource.Target => Target + End,
        CopySource.First => First + FirstLength,
        _ => Second + SecondLength,
    };

    /// <summary>How long a copy may be.</summary>
    public int RoomOf(CopySource source, byte* from, int at) =>
        source == CopySource.Target ? Limit - at : (int)Math.Min(Limit - at, EndOf(source) - from);

    /// <summary>Takes note of where a copy ended.</summary>
    public void Ended(CopySource source, byte* end)
    {
        if (source == CopySource.First)
        {
            FirstEnd = end - First;
        }
        else if (source == CopySource.Second)
        {
            SecondEnd = end - Second;
        }
    }

    /// <summary>A track in this segment's pointers.</summary>
    public Lane LaneOf(in Track track)
    {
        byte* origin = OriginOf(track.Source);
        return LaneOf(track.Source, origin + (Dropped - track.Shift), origin + track.End);
    }

    /// <summary>A lane with its bounds.</summary>
    public Lane LaneOf(CopySource source, byte* aligned, byte* resume)
    {
        var lane = new Lane { Source = source, Base = aligned, Resume = resume };
        if (source == CopySource.Target)
        {
            lane.Low = (int)(Target - aligned);
            lane.Limit = int.MaxValue;
            lane.High = End;
        }
        else
        {
            lane.Low = (int)Math.Clamp(OriginOf(source) - aligned, 0, int.MaxValue);
            lane.Limit = (int)Math.Clamp(EndOf(source) - aligned, 0, int.MaxValue);
            lane.High = Math.Min(lane.Limit, End);
        }

        return lane;
    }

    /// <summary>A lane as it outlives the segment.</summary>
    public Track TrackOf(in Lane lane)
    {
        byte* origin = OriginOf(lane.Source);
        return new Track(lane.Source, Dropped - (lane.Base - origin), lane.Resume - origin);
    }
}
