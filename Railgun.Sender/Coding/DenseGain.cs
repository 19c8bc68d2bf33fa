namespace Railgun.Sender.Coding;

/// <summary>
/// When the dense level is faster end to end than the fast one, told by what the fast one made of the body's first piece. On page histories the dense level makes deltas of some
/// hundred bytes and more a sixth shorter, longer ones up to a quarter; both ends together work about 5 µs for each byte saved, and a byte is 5 µs of a line of 200 KB/s.
/// So it pays on slower lines, and where it saves a round trip.
/// </summary>
internal static class DenseGain
{
    /// <summary>Shorter deltas are not made shorter.</summary>
    private const int LeastDelta = 256;

    /// <summary>What a connection sends at once after it has been idle: ten packets (RFC 6928), less what TLS, frames and a head take of them.</summary>
    private const int FirstFlight = 14_000;

    /// <summary>The dense level saves a part of so many where a delta is about as long as <see cref="FirstFlight"/>.</summary>
    private const int Saving = 5;

    /// <summary>Whether dense coding is worth a try.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="delta">The fast delta of the first piece, in bytes.</param>
    /// <param name="isAll">Whether that piece is the whole body.</param>
    public static bool MayPay(LaneTraits lane, int delta, bool isAll) =>
        delta >= LeastDelta && (lane.IsSlow || (isAll && SavesRoundTrip(delta)));

    private static bool SavesRoundTrip(int delta) => delta > FirstFlight && delta - (delta / Saving) <= FirstFlight;
}
