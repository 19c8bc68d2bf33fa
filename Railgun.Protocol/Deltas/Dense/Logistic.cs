namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// The scale on which the first chances of guesses are put together: log2(p / (1 - p)) in 128ths, in which the logarithm goes in straight lines from one
/// power of two to the next. So it is whole numbers only, alike on every machine.
/// </summary>
internal static class Logistic
{
    /// <summary>The greatest magnitude on the scale.</summary>
    private const int Limit = 2047;

    /// <summary>No chance comes nearer to 0 or 1 than this many 65,536ths.</summary>
    private const int Nearest = 24;

    /// <summary>The place of a chance of 0 to 4095 4,096ths.</summary>
    public static int Stretch(int chance) => (Log((2 * chance) + 1) - Log(8191 - (2 * chance))) >> 1;

    /// <summary>The chance at a place, in 65,536ths.</summary>
    public static int Squash(int place)
    {
        int size = Math.Min(Limit, Math.Abs(place));
        long odds = (128L + (size & 127)) << (size >> 7);
        int chance = (int)Math.Min(65536 - Nearest, 65536 * odds / (odds + 128));
        return place >= 0 ? chance : 65536 - chance;
    }

    /// <summary>In 256ths, for 1 to 8191.</summary>
    private static int Log(int value)
    {
        int whole = System.Numerics.BitOperations.Log2((uint)value);
        return (whole << 8) + ((value << 8 >> whole) & 255);
    }
}
