using System.Diagnostics;

namespace Railgun.Benchmarks.Link;

/// <summary>What one round of one contender took.</summary>
/// <param name="Amount">Bytes or exchanges.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="CpuSeconds">Processor time of the whole process, both ends.</param>
/// <param name="Allocated">Bytes allocated by the whole process, both ends.</param>
internal readonly record struct Measurement(double Amount, double Seconds, double CpuSeconds, double Allocated)
{
    /// <summary>Amount in a second.</summary>
    public double Rate => Amount / Seconds;

    /// <summary>Microseconds of processor time for one.</summary>
    public double CpuMicroseconds => CpuSeconds * 1e6 / Amount;

    /// <summary>Bytes allocated for one.</summary>
    public double AllocatedEach => Allocated / Amount;

    /// <summary>Measures <paramref name="run"/>, which returns the amount.</summary>
    public static async Task<Measurement> OfAsync(Func<Task<double>> run)
    {
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        TimeSpan cpu = self.TotalProcessorTime;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        double amount = await run();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        self.Refresh();
        return new Measurement(amount, seconds, (self.TotalProcessorTime - cpu).TotalSeconds, allocated);
    }

    /// <summary>The one in the middle by <paramref name="of"/>.</summary>
    public static double Median(List<Measurement> rounds, Func<Measurement, double> of) => rounds.Select(of).Order().ElementAt(rounds.Count / 2);
}
