namespace Railgun.Benchmarks.Deltas;

/// <summary>Pages that are hard on a match finder: equal hashes everywhere, matches that never pay, nothing to be found.</summary>
internal static class HostilePages
{
    private const int Size = 200_000;

    /// <summary>All of them, each with its base; the same bytes on every machine.</summary>
    public static IEnumerable<Pair> All()
    {
        byte[] noise = Noise(1, Size);
        yield return Of("one byte repeated", Periodic(1), Periodic(1));
        yield return Of("one byte repeated, base too short", Periodic(1)[..1000], Periodic(1));
        yield return Of("period 7", Periodic(7), Periodic(7)[3..]);
        yield return Of("period 1000, shifted and cut", Periodic(1000), Cut(Periodic(1000), 9));
        yield return Of("period 3, every 20th byte new", Periodic(3), Cut(Periodic(3), 20));
        yield return Of("noise against noise", Noise(2, Size), noise);
        yield return Of("noise, every 12th byte new", noise, Cut(noise, 12));
        yield return Of("noise, every 5th byte new", noise, Cut(noise, 5));
        yield return Of("words of 8 in another order", Words(3, 4096, 8), Words(4, 4096, 8));
        yield return Of("words of 7, few of them", Words(5, 64, 7), Words(6, 64, 7));
        yield return Of("words of 5 in another order", Words(7, 60_000, 5), Words(8, 60_000, 5));
        yield return Of("equal hashes, unlike behind", Alternating(1), Alternating(2));
        yield return Of("two letters", Letters(9, 2), Letters(10, 2));
        yield return Of("four letters", Letters(11, 4), Letters(12, 4));
        yield return Of("eight letters", Letters(13, 8), Letters(14, 8));
        yield return Of("noise, a byte put in now and then", noise, PutIn(noise, 43));
        yield return Of("half of the base, then four letters", noise, [.. noise[..(Size / 2)], .. Letters(15, 4)[..(Size / 2)]]);
        yield return Of("four letters between known stretches", noise, Between(noise, Letters(16, 4), 150, 350));
        byte[] longer = Noise(17, 1_500_000);
        yield return Of("8 KB known, then four letters", noise, [.. noise[..8192], .. Letters(18, 4)[..(65_536 - 8192)]]);
        yield return Of("a tenth known, then two letters", longer, [.. longer[..150_000], .. Letters(19, 2, 1_350_000)]);
        yield return Of("two trails, wrong in turn", [.. Spoilt(noise, 0), .. Spoilt(noise, 4)], noise);
    }

    private static Pair Of(string name, byte[] before, byte[] target) => new("hostile", name, before, target);

    private static byte[] Noise(int seed, int size)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Periodic(int period)
    {
        byte[] one = Noise(period, period);
        var bytes = new byte[Size];
        for (int i = 0; i < Size; i++)
        {
            bytes[i] = one[i % period];
        }

        return bytes;
    }

    /// <summary>Every so many bytes one is another.</summary>
    private static byte[] Cut(byte[] page, int distance)
    {
        byte[] bytes = [.. page];
        var random = new Random(distance);
        for (int i = distance; i < bytes.Length; i += distance)
        {
            bytes[i] ^= (byte)random.Next(1, 256);
        }

        return bytes;
    }

    /// <summary>A new byte behind each 1 to twice as many bytes as <paramref name="distance"/>.</summary>
    private static byte[] PutIn(byte[] page, int distance)
    {
        var random = new Random(distance);
        var bytes = new List<byte>(page);
        for (int at = distance; at < Size; at += 1 + random.Next(2 * distance))
        {
            bytes.Insert(at, (byte)random.Next(256));
        }

        return [.. bytes[..Size]];
    }

    /// <summary>Stretches of one page and of another in turn.</summary>
    private static byte[] Between(byte[] known, byte[] fresh, int kept, int replaced)
    {
        byte[] bytes = [.. known];
        for (int at = kept; at + replaced <= Size; at += kept + replaced)
        {
            fresh.AsSpan(at, replaced).CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }

    /// <summary>Words of one dictionary, in an order of the seed's.</summary>
    private static byte[] Words(int seed, int count, int length)
    {
        byte[] words = Noise(count + length, count * length);
        var random = new Random(seed);
        var bytes = new byte[Size];
        for (int at = 0; at + length <= Size; at += length)
        {
            words.AsSpan(random.Next(count) * length, length).CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }

    /// <summary>The same eight bytes again and again, each time with other ones behind.</summary>
    private static byte[] Alternating(int seed)
    {
        byte[] bytes = Noise(seed, Size);
        for (int at = 0; at + 8 <= Size; at += 16)
        {
            "weakhash"u8.CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }

    /// <summary>Every eighth byte is another, from one on.</summary>
    private static byte[] Spoilt(byte[] page, int from)
    {
        byte[] bytes = [.. page];
        for (int i = from; i < bytes.Length; i += 8)
        {
            bytes[i] ^= 1;
        }

        return bytes;
    }

    private static byte[] Letters(int seed, int count, int size = Size)
    {
        byte[] bytes = Noise(seed, size);
        for (int i = 0; i < size; i++)
        {
            bytes[i] = (byte)('a' + (bytes[i] % count));
        }

        return bytes;
    }
}
