namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// The logistic scale on which chances are mixed: <see cref="Stretch"/> is ln(p / (1 - p)) in 256ths, <see cref="Squash"/> its inverse.
/// Chances have 12 bits. Integers only, so that every machine gets the same tables.
/// </summary>
internal static class Logistic
{
    /// <summary>The greatest magnitude on the stretched scale.</summary>
    public const int Limit = 2047;

    // 4096 / (1 + e^-x) for x = -8 to 8 in steps of half; what lies between is interpolated.
    private static ReadOnlySpan<short> Knots =>
    [
        1, 2, 4, 6, 10, 17, 27, 45, 74, 120, 194, 311, 488, 747, 1102, 1546, 2048,
        2550, 2994, 3349, 3608, 3785, 3902, 3976, 4022, 4051, 4069, 4079, 4086, 4090, 4092, 4094, 4095,
    ];

    private static readonly short[] Squashed = MakeSquashed();
    private static readonly short[] Stretched = MakeStretched();

    /// <summary>By chance (0 to 4095): its place on the stretched scale.</summary>
    public static short[] Stretch => Stretched;

    /// <summary>By <see cref="Limit"/> + 1 + place: the chance in 65,536ths, 16 to 65,520.</summary>
    public static short[] Squash => Squashed;

    private static short[] MakeSquashed()
    {
        var table = new short[2 * (Limit + 1)];
        for (int i = 0; i < table.Length; i++)
        {
            int knot = i >> 7;
            int part = i & 127;
            table[i] = (short)(((Knots[knot] * (128 - part)) + (Knots[knot + 1] * part) + 64) >> 7);
        }

        return table;
    }

    private static short[] MakeStretched()
    {
        var table = new short[4096];
        int at = 0;
        for (int place = -Limit; place <= Limit; place++)
        {
            int chance = Squashed[place + Limit + 1];
            while (at <= chance)
            {
                table[at++] = (short)place;
            }
        }

        while (at < table.Length)
        {
            table[at++] = Limit;
        }

        return table;
    }
}
