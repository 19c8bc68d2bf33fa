namespace Railgun.Sender.Coding;

/// <summary>
/// When the dense level is faster end to end than the fast one, or no slower and shorter, told by what the fast one made of the body's first piece. On page histories the dense level makes deltas
/// of up to 4,000 bytes an eighth shorter, longer ones a quarter; for each byte saved both ends together work some 3.2 µs longer where the delta has under 1,200 bytes, 3 µs up to 4,000 bytes, 2 µs
/// up to 14,000 bytes, 1.8 µs beyond. 5 µs is a byte on a line of 200 KB/s.
/// </summary>
internal static class DenseGain
{
    /// <summary>Shorter deltas are not made shorter.</summary>
    private const int LeastDelta = 256;

    /// <summary>Up to here the dense level takes some 0.4 ms longer, seldom more than one, both ends together: nobody notices, and bytes cost money too.</summary>
    private const int CheapDelta = 1_200;

    /// <summary>Longer deltas than that pay up to this rate, in bytes a second.</summary>
    private const long SlowForLonger = 300_000;

    /// <summary>What a connection sends at once after it has been idle: ten packets (RFC 6928), less what TLS, frames and a head take of them.</summary>
    private const int FirstFlight = 14_000;

    /// <summary>The dense level saves a part of so many where a delta is longer than <see cref="FirstFlight"/>.</summary>
    private const int Saving = 4;

    /// <summary>A round trip saved has to be worth the work: a microsecond for each byte of the delta, which is twice what the work takes.</summary>
    private static readonly TimeSpan WorkPerByte = TimeSpan.FromMicroseconds(1);

    /// <summary>Whether dense coding is worth a try.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="delta">The fast delta of the first piece, in bytes.</param>
    /// <param name="isAll">Whether that piece is the whole body.</param>
    public static bool MayPay(LaneTraits lane, int delta, bool isAll) =>
        delta >= LeastDelta && (lane.IsSlow || (delta > CheapDelta && lane.Rate <= SlowForLonger) || (isAll && SavesRoundTrip(lane, delta)));

    /// <summary>Whether dense coding saves bytes and nobody notices the time, as long as there is CPU to spare.</summary>
    /// <param name="delta">The fast delta of the first piece, in bytes.</param>
    /// <param name="isAll">Whether that piece is the whole body.</param>
    public static bool IsCheap(int delta, bool isAll) => isAll && delta is >= LeastDelta and <= CheapDelta;

    private static bool SavesRoundTrip(LaneTraits lane, int delta)
    {
        long flight = Math.Max(lane.Flight, FirstFlight);
        return delta > flight
            && (lane.RoundTrip == TimeSpan.Zero || lane.RoundTrip >= delta * WorkPerByte)
            && RoundTrips(delta, flight) > RoundTrips(delta - (delta / Saving), flight);
    }

    // Each flight is acknowledged before the next one, which is twice as long.
    private static int RoundTrips(long bytes, long flight)
    {
        int count = 1;
        for (; bytes > flight; bytes -= flight, flight *= 2)
        {
            count++;
        }

        return count;
    }
}
