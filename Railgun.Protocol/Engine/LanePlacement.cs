namespace Railgun.Protocol.Engine;

/// <summary>Chooses the lane of a new exchange: the first that is open and has nothing queued, else the one with the fewest open streams (design: decision 17).</summary>
internal static class LanePlacement
{
    /// <summary>The index of the lane, or -1 if none can take an exchange now.</summary>
    public static int Choose(ReadOnlySpan<LaneLoad> lanes)
    {
        int best = -1;
        for (int i = 0; i < lanes.Length; i++)
        {
            if (!lanes[i].CanOpen)
            {
                continue;
            }

            if (!lanes[i].Busy)
            {
                return i;
            }

            if (best < 0 || lanes[i].OpenStreams < lanes[best].OpenStreams)
            {
                best = i;
            }
        }

        return best;
    }
}
