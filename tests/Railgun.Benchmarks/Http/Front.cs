using System.Diagnostics;
using Railgun.Try.Processes;

namespace Railgun.Benchmarks.Http;

/// <summary>Where clients ask: the origin itself, or what stands before it.</summary>
/// <param name="Name">What it is called in the tables.</param>
/// <param name="Address">Where it answers.</param>
/// <param name="Processes">Its two programs; none for the origin itself, which is this process.</param>
internal sealed record Front(string Name, Uri Address, IReadOnlyList<ChildProcess> Processes)
{
    /// <summary>Memory resident now, of each program, in bytes.</summary>
    public long[] Resident() => [.. Processes.Select(process => process.ResidentBytes)];

    /// <summary>Processor time so far, of both programs together.</summary>
    public TimeSpan ProcessorTime()
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
