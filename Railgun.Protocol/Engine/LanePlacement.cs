namespace Railgun.Protocol.Engine;

/// <summary>
/// Chooses the lane of a new exchange (design: decision 17). Small ones stay together on the first lane that carries no bulk, for a second one costs acknowledgements, and so
/// they wait behind nothing. Bulk goes to the last such lane. A lane whose ping is not answered is taken only if there is no other.
/// </summary>
internal static class LanePlacement
{
    /// <summary>The index of the lane, or -1 if none can take an exchange now.</summary>
    /// <param name="lanes">The lanes as they are now.</param>
    /// <param name="bulk">Whether much is expected to cross.</param>
    public static int Choose(ReadOnlySpan<LaneLoad> lanes, bool bulk)
    {
        int best = -1;
        for (int i = 0; i < lanes.Length; i++)
        {
            int at = bulk ? lanes.Length - 1 - i : i;
            if (lanes[at].CanOpen && (best < 0 || IsBetter(lanes[at], lanes[best])))
            {
                best = at;
            }
        }

        return best;
    }

    private static bool IsBetter(LaneLoad lane, LaneLoad best)
    {
        if (lane.Doubtful != best.Doubtful)
        {
            return best.Doubtful;
        }

        return lane.Busy != best.Busy ? best.Busy : lane.Busy && lane.OpenStreams < best.OpenStreams;
    }
}
