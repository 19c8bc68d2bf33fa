using System.Globalization;

namespace Railgun.Benchmarks.Http;

/// <summary>Large bodies each way: throughput, work and memory of our pair beside the plain YARP pair, in turns.</summary>
internal static class BulkBenchmark
{
    private const double Megabyte = 1e6;

    /// <summary>Runs it and prints its tables.</summary>
    public static async Task RunAsync(Fronts fronts, int megabytes, int rounds)
    {
        Front[] all = [fronts.Straight, fronts.Railgun, fronts.Yarp];
        foreach (bool isUpload in (bool[])[true, false])
        {
            Console.WriteLine();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(isUpload ? "upload" : "download")} of {megabytes} MB, {rounds} rounds in turns"));
            Dictionary<Front, List<BulkRun>> runs = all.ToDictionary(front => front, _ => new List<BulkRun>());
            for (int round = 0; round < rounds; round++)
            {
                foreach (Front front in all)
                {
                    runs[front].Add(await BulkRun.OfAsync(front, isUpload, megabytes * (long)Megabyte));
                }
            }

            foreach (Front front in all)
            {
                Print(front, runs[front], megabytes);
            }
        }
    }

    private static void Print(Front front, List<BulkRun> runs, int megabytes)
    {
        double rate = megabytes / Median(runs, run => run.Seconds);
        double cpu = Median(runs, run => run.CpuSeconds) / megabytes * 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {front.Name,-9} {rate,6:0} MB/s{(front.Processes.Count == 0 ? "" : $"   {cpu,5:0} us of processor a MB")}"));
        for (int i = 0; i < front.Processes.Count; i++)
        {
            string rows = string.Join(", ", runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Before[i] / Megabyte:0} -> {run.Peak[i] / Megabyte:0}")));
            Console.WriteLine($"            {(i == 0 ? "edge side  " : "origin side")} MB resident before -> most: {rows}");
        }
    }

    private static double Median(List<BulkRun> runs, Func<BulkRun, double> of) => runs.Select(of).Order().ElementAt(runs.Count / 2);
}
