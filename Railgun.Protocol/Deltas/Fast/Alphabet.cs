namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Sees whether a base is other than plain English-like text: then new bytes are expected to be as the base's are.</summary>
internal static class Alphabet
{
    private const int Looks = 8;
    private const int LookSize = 32;
    private const int ManyOthers = Looks * LookSize / 8;
    private const int Samples = 64;
    private const int SampleSize = 64;

    /// <summary>Prepares the code of new bytes for a target against <paramref name="text"/>.</summary>
    public static void Prepare(ReadOnlySpan<byte> text, AdaptiveCode code)
    {
        int others = 0;
        int step = Math.Max(LookSize, text.Length / Looks);
        for (int at = 0; at + LookSize <= text.Length; at += step)
        {
            foreach (byte value in text.Slice(at, LookSize))
            {
                others += IsOther(value) ? 1 : 0;
            }
        }

        if (others >= ManyOthers)
        {
            Sample(text, code);
        }
    }

    private static void Sample(ReadOnlySpan<byte> text, AdaptiveCode code)
    {
        int step = Math.Max(SampleSize, text.Length / Samples);
        for (int at = 0; at + SampleSize <= text.Length; at += step)
        {
            code.Expect(text.Slice(at, SampleSize));
        }

        code.Make();
    }

    private static bool IsOther(byte value) => value is >= 0x7F or (< (byte)' ' and not ((byte)'\n' or (byte)'\r' or (byte)'\t'));
}
