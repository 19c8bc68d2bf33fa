namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// The scale on which chances are mixed: log2(p / (1 - p)), in which the logarithm goes in straight lines from one power of two to the next. So
/// it is whole numbers only, alike on every machine.
/// </summary>
internal static class Logistic
{
    /// <summary>The greatest magnitude on the mixing scale, in 128ths.</summary>
    public const int Limit = 2047;

    /// <summary>No chance comes nearer to 0 or 1 than this many 65,536ths.</summary>
    private const int Nearest = 24;

    private static readonly ushort[] Squashed = MakeSquashed();
    private static readonly short[] Stretched = MakeStretched();

    /// <summary>By <see cref="Limit"/> + 1 + place: the chance in 65,536ths.</summary>
    public static ushort[] Squash => Squashed;

    /// <summary>By chance (0 to 4095 of 4096): its place, in 128ths.</summary>
    public static short[] Stretch => Stretched;

    private static ushort[] MakeSquashed()
    {
        var table = new ushort[2 * (Limit + 1)];
        for (int i = 0; i < table.Length; i++)
        {
            int place = Math.Abs(i - Limit - 1);
            long odds = (128L + (place & 127)) << (place >> 7);
            long chance = Math.Min(65536 - Nearest, 65536 * odds / (odds + 128));
            table[i] = (ushort)(i > Limit ? chance : 65536 - chance);
        }

        return table;
    }

    private static short[] MakeStretched()
    {
        var table = new short[4096];
        for (int chance = 0; chance < table.Length; chance++)
        {
            table[chance] = (short)((Log((2 * chance) + 1) - Log(8191 - (2 * chance))) >> 1);
        }

        return table;
    }

    /// <summary>In 256ths, for 1 to 8191.</summary>
    private static int Log(int value)
    {
        int whole = System.Numerics.BitOperations.Log2((uint)value);
        return (whole << 8) + ((value << 8 >> whole) & 255);
    }
}
