namespace Railgun.Protocol.Engine;

/// <summary>
/// How much of a lane's window one stream may hold. The window is one room for many, and a reader that takes nothing must not fill it for all. A part of what is free would halve with each such reader; with a part that shrinks
/// by the square n of them leave about 2 / (n + 2) of the room free, and the next one as good a start.
/// </summary>
internal static class LaneShare
{
    /// <summary>
    /// How many round trips' worth of what flows a lane's window should hold, so that one stream alone can fill the line. It may hold 0.268 of the window (where its share of what is left is as much as it holds), and up to
    /// 0.056 of that was taken and waits to be told (<see cref="ReceiveWindow.IsDue"/>): of six round trips' worth 1.6, and 1.3 of these on their way. More would stand in a queue on the line, before what is urgent.
    /// </summary>
    public const int RoundTrips = 6;

    /// <summary>The share, in bytes.</summary>
    /// <param name="credit">What is left of the lane's window.</param>
    /// <param name="window">The lane's window.</param>
    public static long Of(long credit, long window) => credit <= 0 ? 0 : credit * credit / (2 * window);
}
