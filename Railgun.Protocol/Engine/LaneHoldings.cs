namespace Railgun.Protocol.Engine;

/// <summary>What the streams of one lane hold together, so that many can't hold what one may. Touched only under the lane's lock.</summary>
internal sealed class LaneHoldings
{
    /// <summary>From so many bytes on that wait to be written, a stream may queue little only.</summary>
    public const int MaxQueued = 8 << 20;

    /// <summary>The most received events that wait to be taken; a peer that makes more by cutting its bodies to dust loses the lane.</summary>
    public const int MaxEvents = 64 * 1024;

    private long _late;

    /// <summary>Bytes that wait to be written.</summary>
    public long Queued { get; set; }

    /// <summary>Received events that wait to be taken.</summary>
    public int Events { get; set; }

    /// <summary>Data may still come for streams that this side has ended: as much as they had credit.</summary>
    public void ExpectLate(long credit) => _late += credit;

    /// <summary>Data came for a stream that is over; false if nobody can have had credit for it.</summary>
    public bool TryTakeLate(int bytes)
    {
        _late -= bytes;
        return _late >= 0;
    }
}
