namespace Railgun.Fuzz;

/// <summary>Makes new inputs of old ones: bits, bytes, numbers of interest, blocks cut, doubled, moved, and halves of two inputs joined.</summary>
/// <param name="random">The chance.</param>
internal sealed class Mutator(Random random)
{
    private static readonly byte[] Bytes = [0, 1, 2, 3, 7, 8, 0x0F, 0x10, 0x3F, 0x40, 0x7F, 0x80, 0xBF, 0xC0, 0xFE, 0xFF];

    /// <summary>A new input of at most <paramref name="most"/> bytes.</summary>
    public byte[] Mutate(byte[] input, byte[] other, int most)
    {
        var made = new List<byte>(random.Next(12) == 0 ? Join(input, other) : input);
        for (int i = 1 << random.Next(5); i > 0; i--)
        {
            Change(made, other);
        }

        if (made.Count > most)
        {
            made.RemoveRange(most, made.Count - most);
        }

        return [.. made];
    }

    private byte[] Join(byte[] input, byte[] other) =>
        [.. input.AsSpan(0, random.Next(input.Length + 1)), .. other.AsSpan(random.Next(other.Length + 1))];

    private void Change(List<byte> made, byte[] other)
    {
        int at = random.Next(made.Count + 1);
        int length = Math.Min(made.Count - at, 1 + random.Next(1 << random.Next(8)));
        switch (random.Next(9))
        {
            case 0 when at < made.Count:
                made[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < made.Count:
                made[at] = (byte)random.Next(256);
                break;
            case 2 when at < made.Count:
                made[at] = Bytes[random.Next(Bytes.Length)];
                break;
            case 3 when at < made.Count:
                made[at] += (byte)(random.Next(35) - 17);
                break;
            case 4:
                made.RemoveRange(at, length);
                break;
            case 5:
                made.InsertRange(at, made.GetRange(at, length));
                break;
            case 6:
                made.Insert(at, (byte)random.Next(256));
                break;
            case 7 when other.Length > 0:
                int from = random.Next(other.Length);
                made.InsertRange(at, other.Skip(from).Take(1 + random.Next(64)));
                break;
            default:
                int to = random.Next(made.Count + 1 - length);
                List<byte> block = made.GetRange(at, length);
                for (int i = 0; i < length; i++)
                {
                    made[to + i] = block[i];
                }

                break;
        }
    }
}
