using System.Globalization;

namespace Railgun.Protocol.Tests.Deltas;

/// <summary>
/// Bytes of a golden vector that are made instead of written out, as Vectors/fast_decoder.py makes them too: "noise LENGTH LETTERS SEED", "edits LENGTH SEED" of another text,
/// "begin LENGTH" of it, and parts with " + " between.
/// </summary>
internal static class MadeBytes
{
    private const int LongestPiece = 16;

    /// <summary>As <paramref name="field"/> says: hex, or how they are made, of <paramref name="text"/> if of any.</summary>
    public static byte[] Of(string field, byte[] text) => [.. field.Split(" + ").SelectMany(part => Part(part.Split(' '), text))];

    private static byte[] Part(string[] words, byte[] text)
    {
        int Number(int word) => int.Parse(words[word], CultureInfo.InvariantCulture);
        return words[0] switch
        {
            "noise" => Noise(Number(1), Number(2), new Chance(Number(3))),
            "edits" => Edits(Number(1), text, new Chance(Number(2))),
            "begin" => text[..Number(1)],
            _ => Convert.FromHexString(words[0]),
        };
    }

    /// <summary>The first of so many letters the most often, the last one seldom.</summary>
    private static byte[] Noise(int length, int letters, Chance chance)
    {
        byte[] said = new byte[length];
        for (int i = 0; i < length; i++)
        {
            said[i] = (byte)('a' + chance.Next(1 + chance.Next(letters)));
        }

        return said;
    }

    /// <summary>Short pieces of a text: behind a few other letters in the place of what was there, near the end of the last one, or from anywhere.</summary>
    private static byte[] Edits(int length, byte[] text, Chance chance)
    {
        var said = new List<byte>();
        int end = 0;
        while (said.Count < length)
        {
            int way = chance.Next(4);
            int others = way < 2 ? 1 + chance.Next(2) : 0;
            for (int i = 0; i < others; i++)
            {
                said.Add((byte)('A' + chance.Next(26)));
            }

            int wanted = way < 2 ? end + others : way == 2 ? end + 1 + chance.Next(20) : chance.Next(text.Length);
            int begin = wanted % (text.Length - LongestPiece);
            end = begin + LongestPiece - chance.Next(LongestPiece / 2);
            said.AddRange(text.AsSpan(begin, end - begin));
        }

        return [.. said.Take(length)];
    }

    /// <summary>Numbers that follow from a seed, on every machine.</summary>
    private sealed class Chance(int seed)
    {
        private uint _state = (uint)seed;

        /// <summary>A number below <paramref name="beyond"/>, which is at most 32,768.</summary>
        public int Next(int beyond)
        {
            _state = ((_state * 1_103_515_245) + 12_345) & int.MaxValue;
            return (int)(_state >> 16) % beyond;
        }
    }
}
