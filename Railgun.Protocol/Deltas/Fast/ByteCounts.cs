namespace Railgun.Protocol.Deltas.Fast;

/// <summary>How common bytes are, as far as both sides know.</summary>
internal static class ByteCounts
{
    /// <summary>How many stretches of a base are looked at.</summary>
    public const int Samples = 64;

    /// <summary>Bytes in a stretch.</summary>
    public const int SampleSize = 64;

    /// <summary>What is expected of any page.</summary>
    public static void Usual(Span<int> counts)
    {
        for (int value = 0; value < 256; value++)
        {
            counts[value] = value switch
            {
                < 32 => value == '\n' ? 16 : 1,
                ' ' => 48,
                >= '0' and <= '9' => 64,
                >= 'A' and <= 'Z' => 12,
                >= 'a' and <= 'z' => Letter((char)value),
                < 127 => "\"<>/=-.:_,&;".Contains((char)value, StringComparison.Ordinal) ? 32 : 4,
                _ => 2,
            };
        }
    }

    /// <summary>Adds what is seen in a base, in evenly spaced stretches.</summary>
    public static void Sample(ReadOnlySpan<byte> text, Span<int> counts)
    {
        int step = Math.Max(SampleSize, text.Length / Samples);
        for (int at = 0; at + SampleSize <= text.Length; at += step)
        {
            foreach (byte value in text.Slice(at, SampleSize))
            {
                counts[value] += 4;
            }
        }
    }

    private static int Letter(char letter) =>
        "etaoinsr".Contains(letter, StringComparison.Ordinal) ? 64 : "bywvkxjqz".Contains(letter, StringComparison.Ordinal) ? 16 : 40;
}
