using System.Globalization;

namespace Railgun.Benchmarks.Heads;

/// <summary>
/// Bytes that heads take on the link: real stories in order, each over a lane of its own, beside nghttp2's HPACK for the same stories. Every block is decoded again and
/// compared.
/// </summary>
internal static class HeadsBenchmark
{
    private static readonly StorySet[] Sets =
    [
        new("requests", ["05", "07", "09", "11", "13", "15", "17", "19", "20"], HpackBytes: 13_729, Goal: 0.75),
        new("responses", ["21", "23", "25", "27", "29"], HpackBytes: 200_881, Goal: 0.50),
    ];

    /// <summary>Runs; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        if (args is not ["--corpus", { } folder])
        {
            Console.Error.WriteLine("usage: Railgun.Benchmarks heads --corpus FOLDER   (the folder with story_05.json and so on)");
            return 2;
        }

        Console.WriteLine("| stories | heads | text bytes | bytes | a head | a head from the 11th on | of HPACK | goal | µs to encode | µs to decode |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (StorySet set in Sets)
        {
            var sum = new StoryResult();
            foreach (string number in set.Stories)
            {
                StoryResult result = StoryRun.Measure(Story.Read(Path.Combine(folder, $"story_{number}.json")));
                Print($"{set.Name} {number}", result, "", "");
                sum.Add(result);
            }

            double ratio = (double)sum.Bytes / set.HpackBytes;
            Print($"**{set.Name}**", sum, ratio.ToString("0.000", CultureInfo.InvariantCulture), set.Goal.ToString("0.00", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static void Print(string name, StoryResult result, string ratio, string goal) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {result.Heads} | {result.TextBytes} | {result.Bytes} | {result.BytesPerHead:0.0} | {result.BytesPerLaterHead:0.0} | {ratio} | {goal} | {result.EncodeMicroseconds:0.0} | {result.DecodeMicroseconds:0.0} |"));
}
