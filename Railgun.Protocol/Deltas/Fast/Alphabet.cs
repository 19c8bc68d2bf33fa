using System.Numerics;
using System.Runtime.Intrinsics;

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
            others += CountOthers(Vector256.Create(text.Slice(at, LookSize)));
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

    private static int CountOthers(Vector256<byte> look)
    {
        Vector256<byte> space = Vector256.Equals(look, Vector256.Create((byte)'\n')) | Vector256.Equals(look, Vector256.Create((byte)'\r'))
            | Vector256.Equals(look, Vector256.Create((byte)'\t'));
        Vector256<byte> control = Vector256.AndNot(Vector256.LessThan(look, Vector256.Create((byte)' ')), space);
        return BitOperations.PopCount((control | Vector256.GreaterThan(look, Vector256.Create((byte)0x7E))).ExtractMostSignificantBits());
    }
}
