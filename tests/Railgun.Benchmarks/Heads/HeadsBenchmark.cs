using System.Globalization;

namespace Railgun.Benchmarks.Heads;

/// <summary>
/// Bytes that heads take on the link: real stories in order, each over a lane of its own, beside nghttp2's HPACK for the same stories. Every block is decoded again and
/// compared.
/// </summary>
internal static class HeadsBenchmark
{
    // HPACK's sums are known for these stories as a whole; beside others there is nothing to compare with.
    private static readonly StorySet[] Sets =
    [
        new("requests", ["05", "07", "09", "11", "13", "15", "17", "19", "20"], HpackBytes: 13_729, Goal: 0.75),
        new("responses", ["21", "23", "25", "27", "29"], HpackBytes: 200_881, Goal: 0.50),
    ];

    /// <summary>Runs; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        string[] files = args is ["--corpus", { } folder] ? Locate(folder) : [];
        if (files.Length == 0)
        {
            Console.Error.WriteLine("usage: Railgun.Benchmarks heads --corpus FOLDER   (FOLDER, or FOLDER/headers, has story_05.json and so on)");
            return 2;
        }

        Console.WriteLine("| stories | heads | text bytes | bytes | a head | a head from the 11th on | of HPACK | goal | µs to encode | µs to decode |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        ILookup<bool, (string Number, Story Story)> stories = files.Select(file => (NumberOf(file), Story.Read(file))).ToLookup(story => story.Item2.Requests.Count > 0);
        Measure(Sets[0], [.. stories[true]]);
        Measure(Sets[1], [.. stories[false]]);
        return 0;
    }

    private static string[] Locate(string folder) =>
        [.. new[] { folder, Path.Combine(folder, "headers") }.Where(Directory.Exists).SelectMany(place => Directory.GetFiles(place, "story_*.json")).Order(StringComparer.Ordinal)];

    private static string NumberOf(string file) => Path.GetFileNameWithoutExtension(file)["story_".Length..];

    private static void Measure(StorySet set, (string Number, Story Story)[] stories)
    {
        var sum = new StoryResult();
        foreach ((string number, Story story) in stories)
        {
            StoryResult result = StoryRun.Measure(story);
            Print($"{set.Name} {number}", result, "", "");
            sum.Add(result);
        }

        if (stories.Length > 0)
        {
            bool known = set.Stories.SequenceEqual(stories.Select(story => story.Number));
            double ratio = (double)sum.Bytes / set.HpackBytes;
            Print($"**{set.Name}**", sum, known ? ratio.ToString("0.000", CultureInfo.InvariantCulture) : "", known ? set.Goal.ToString("0.00", CultureInfo.InvariantCulture) : "");
        }
    }

    private static void Print(string name, StoryResult result, string ratio, string goal) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {result.Heads} | {result.TextBytes} | {result.Bytes} | {result.BytesPerHead:0.0} | {result.BytesPerLaterHead:0.0} | {ratio} | {goal} | {result.EncodeMicroseconds:0.0} | {result.DecodeMicroseconds:0.0} |"));
}
