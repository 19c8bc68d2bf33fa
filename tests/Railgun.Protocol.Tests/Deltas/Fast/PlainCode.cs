namespace Railgun.Protocol.Tests.Deltas.Fast;

/// <summary>The lengths of a code as DELTA_FORMAT.md (Codes) says them, step by step.</summary>
internal static class PlainCode
{
    private static readonly int[] Steps = [267, 279, 292, 304, 318, 332, 347, 362, 378, 395, 412, 431, 450, 470, 490];

    /// <summary>By symbol; says how many symbols got one bit more because the code did not fit.</summary>
    public static int[] Lengths(int[] counts, int most, out int lengthened)
    {
        int whole = 1 << most;
        int total = Log16(counts.Sum());
        int[] wants = [.. counts.Select(count => total - Log16(count))];
        int[] lengths = [.. wants.Select(want => Math.Min(most, (want / 16) + 1))];
        var fixedOnes = wants.Select(want => want >= 16 * most).ToArray();
        int room = whole - lengths.Sum(length => whole >> length);
        lengthened = 0;
        for (int length = most - 1; room < 0; length--)
        {
            foreach (int i in Enumerable.Range(0, counts.Length).Reverse().Where(i => lengths[i] == length).ToArray().TakeWhile(_ => room < 0))
            {
                lengths[i]++;
                fixedOnes[i] = true;
                room += whole >> lengths[i];
                lengthened++;
            }
        }

        int part = 0;
        for (; part < 16; part++)
        {
            int takes = wants.Where(want => want < 16 * most && want % 16 == part).Sum(want => whole >> ((want / 16) + 1));
            if (takes > room)
            {
                break;
            }

            room -= takes;
        }

        for (int i = 0; i < counts.Length; i++)
        {
            if (fixedOnes[i])
            {
                continue;
            }

            if (wants[i] % 16 < part)
            {
                lengths[i]--;
            }
            else if (lengths[i] > 1 && whole >> lengths[i] <= room)
            {
                room -= whole >> lengths[i];
                lengths[i]--;
            }
        }

        return lengths;
    }

    private static int Log16(int value)
    {
        int log = (int)Math.Log2(value);
        long leading = ((long)value << 8) >> log;
        return (16 * log) + Steps.Count(step => step <= leading);
    }
}
