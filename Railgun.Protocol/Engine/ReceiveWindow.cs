namespace Railgun.Protocol.Engine;

/// <summary>
/// One account of credit towards this side, a stream's or the lane's: what the peer may still send, what readers have taken and the peer was not told, and how far the
/// window grows. A stream's window grows while it is taken faster than once in two round trips: then it, and not the line or the reader, is what holds the peer up. So it ends at about
/// twice the product of bandwidth and delay, and a slow reader's never grows. A lane's has to be larger, for a stream has only a share of it (<see cref="LaneShare"/>).
/// </summary>
/// <param name="size">Where the window begins, in bytes.</param>
internal struct ReceiveWindow(long size)
{
    /// <summary>Where a share is so little, all that is taken is told; in bytes.</summary>
    private const long Scarce = 8 * 1024;

    // What was taken since then; and how much that was in a round trip, when one was over.
    private long _since;
    private long _taken;
    private double _flow;

    /// <summary>The window: the most that can be on the way, unread, and taken but not told, in bytes.</summary>
    public long Size { get; private set; } = size;

    /// <summary>What the peer may still send, in bytes.</summary>
    public long Credit { get; private set; } = size;

    /// <summary>What was taken and not yet told to the peer, in bytes.</summary>
    public long ToReturn { get; private set; }

    /// <summary>What was received and the reader has not taken, in bytes.</summary>
    public readonly long Held => Size - Credit - ToReturn;

    /// <summary>The peer has sent so much; false if that was more than it may.</summary>
    public bool TryReceive(int bytes)
    {
        Credit -= bytes;
        return Credit >= 0;
    }

    /// <summary>A reader has taken so much.</summary>
    public void Taken(int bytes)
    {
        ToReturn += bytes;
        _taken += bytes;
    }

    /// <summary>
    /// Whether it is time to tell the peer: at an eighth of a window, or of a stream's share of the lane's, so that a writer that keeps to its share is not left waiting for credit that
    /// nobody needs any more. At half of it, what waits to be told would be most of what one stream may hold at all.
    /// </summary>
    /// <param name="share">See <see cref="LaneShare"/>.</param>
    public readonly bool IsDue(long share) =>
        ToReturn > 0 && ToReturn >= Math.Min(Size, share >= Scarce ? share : 0) / 8;

    /// <summary>How much larger the window should be now, in bytes; 0 if it is large enough. At most as much again as it is.</summary>
    /// <param name="now">The time, ticks.</param>
    /// <param name="roundTrip">The lane's shortest round trip, ticks; 0 if it is not known.</param>
    /// <param name="roundTrips">How many round trips' worth of what is taken it should hold.</param>
    /// <param name="beside">What it should hold beside that, in bytes.</param>
    public long Wanted(long now, long roundTrip, int roundTrips, long beside)
    {
        // What was lost holds up what is behind it, which then comes all at once: only a whole round trip tells.
        long elapsed = now - _since;
        if (roundTrip > 0 && elapsed >= roundTrip)
        {
            _flow = (double)_taken * roundTrip / elapsed;
            (_since, _taken) = (now, 0);
        }

        double wanted = (_flow * roundTrips) + beside;
        return wanted > Size ? (long)Math.Min(Size, wanted - Size) : 0;
    }

    /// <summary>The window is larger by so much from now on; the peer is told.</summary>
    public void Grow(long bytes)
    {
        Size += bytes;
        Credit += bytes;
    }

    /// <summary>The peer is told what was taken; returns how much that is.</summary>
    public long Tell()
    {
        long told = ToReturn;
        Credit += told;
        ToReturn = 0;
        return told;
    }
}
