using System.Globalization;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Versions;

namespace Railgun.Benchmarks.Deltas;

/// <summary>What a page of 100 KB of which one per cent is new costs each side, as the product does it: hashed once while it passes, coded, decoded, proved.</summary>
internal static class SidesBenchmark
{
    private const int Size = 100_000;
    private const int Places = 50;
    private const int ChangedEach = Size / 100 / Places;
    private const int Operations = 500;
    private const int Rounds = 7;

    /// <summary>Prints a line a level: CPU microseconds of each step, of each side, of both together.</summary>
    public static void Run(byte[] text)
    {
        byte[] before = Page(text);
        byte[] page = Changed(before);
        Console.WriteLine();
        Console.WriteLine(Invariant($"a page of {Size:n0} bytes, 1 % new  |   bytes | sender: hash | encode | both | listener: hash | decode | both | together   (CPU microseconds)"));
        foreach (DeltaLevel level in Enum.GetValues<DeltaLevel>())
        {
            using var coder = new OurDelta(level);
            coder.Prepare(before);
            var coded = new byte[2 * Size];
            var decoded = new byte[Size];
            int length = coder.Encode(before, page, coded);
            double hash = Measure(() => Hash(page));
            double encode = Measure(() => coder.Encode(before, page, coded));
            double decode = Measure(() => coder.Decode(before, coded.AsSpan(0, length), decoded));
            Console.WriteLine(Invariant(
                $"{coder.Name,-35} | {length,7} | {hash,12:f1} | {encode,6:f1} | {hash + encode,4:f0} | {hash,14:f1} | {decode,6:f1} | {hash + decode,4:f0} | {hash + encode + hash + decode,8:f0}"));
        }
    }

    /// <summary>The text again and again, up to the size.</summary>
    private static byte[] Page(byte[] text)
    {
        var page = new byte[Size];
        for (int at = 0; at < Size; at += text.Length)
        {
            text.AsSpan(0, Math.Min(text.Length, Size - at)).CopyTo(page.AsSpan(at));
        }

        return page;
    }

    private static byte[] Changed(byte[] before)
    {
        byte[] page = [.. before];
        var random = new Random(1);
        for (int place = 0; place < Places; place++)
        {
            int at = random.Next(Size - ChangedEach);
            for (int i = 0; i < ChangedEach; i++)
            {
                page[at + i] = (byte)random.Next('a', 'z' + 1);
            }
        }

        return page;
    }

    private static void Hash(byte[] page)
    {
        using var builder = new VersionBuilder(maxLength: 0);
        builder.Append(page);
        _ = builder.Check;
    }

    /// <summary>CPU microseconds of one operation: of the best round.</summary>
    private static double Measure(Action operation)
    {
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < Operations; i++)
            {
                operation();
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / Operations);
        }

        return best;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
