using Railgun.Benchmarks.Deltas;

namespace Railgun.Benchmarks.Signatures;

/// <summary>Pages made to be slow: one byte repeated, periodic ones, many equal blocks, places that look like blocks and are none.</summary>
internal static class HostilePages
{
    private const int Length = 2 << 20;

    public static IEnumerable<Pair> All()
    {
        byte[] noise = Noise(1, Length);
        byte[] zeros = new byte[Length];
        yield return Page("one byte repeated, both", zeros, zeros);
        yield return Page("one byte repeated, then noise", zeros, noise);
        yield return Page("noise, then one byte repeated", noise, zeros);
        yield return Page("period 7, both, shifted", Periodic(7, 0), Periodic(7, 3));
        yield return Page("period 400, both, shifted by 1", Periodic(400, 0), Periodic(400, 1));
        yield return Page("equal blocks, target has each alone", zeros, Islands(zeros, noise, 500));
        yield return Page("one block of zeros, target all zeros but 1", [.. noise.AsSpan(0, Length / 2), .. new byte[1000], .. noise.AsSpan(Length / 2)], zeros);
        yield return Page("every second byte changed", noise, Flip(noise, 2));
        yield return Page("a byte changed in each block", noise, Flip(noise, 300));
        yield return Page("noise, both unlike", noise, Noise(2, Length));
    }

    private static Pair Page(string name, byte[] version, byte[] target) => new("hostile", name, version, target);

    private static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Periodic(int period, int shift) => [.. Enumerable.Range(shift, Length).Select(i => (byte)((i % period) * 37))];

    private static byte[] Islands(byte[] sea, byte[] land, int each)
    {
        byte[] page = [.. sea];
        for (int at = 0; at + each < page.Length; at += 2 * each)
        {
            land.AsSpan(at, each).CopyTo(page.AsSpan(at));
        }

        return page;
    }

    private static byte[] Flip(byte[] page, int each)
    {
        byte[] flipped = [.. page];
        for (int at = 0; at < flipped.Length; at += each)
        {
            flipped[at] ^= 0x55;
        }

        return flipped;
    }
}
