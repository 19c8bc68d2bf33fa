using System.Diagnostics;
using Railgun.Try.Processes;

namespace Railgun.Benchmarks.Floods;

/// <summary>Who is flooded.</summary>
/// <param name="Name">What it is called in the tables.</param>
/// <param name="Http">Its port for HTTP/1.1.</param>
/// <param name="H2c">Its port for HTTP/2 in clear text.</param>
/// <param name="Processes">Its programs.</param>
internal sealed record FloodTarget(string Name, int Http, int H2c, IReadOnlyList<ChildProcess> Processes)
{
    /// <summary>Resident memory of all programs, in bytes.</summary>
    public long Resident => Processes.Sum(process => process.ResidentBytes);

    /// <summary>Processor time of all programs so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            TimeSpan sum = TimeSpan.Zero;
            foreach (ChildProcess child in Processes)
            {
                using var process = Process.GetProcessById(child.Id);
                sum += process.TotalProcessorTime;
            }

            return sum;
        }
    }
}
