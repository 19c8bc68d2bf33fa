using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Running;

/// <summary>What a run has to do with the process around it.</summary>
/// <param name="Logs">Where log lines go, in UTF-8.</param>
/// <param name="Error">Where a start that fails says why.</param>
/// <param name="Signals">When to stop and to reload.</param>
/// <param name="Environment">What systemd says.</param>
internal sealed record RunSurroundings(Stream Logs, TextWriter Error, StopSignals Signals, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Those of this process.</summary>
    public static RunSurroundings OfThisProcess(TextWriter error) =>
        new(Console.OpenStandardOutput(), error, StopSignals.OfThisProcess(), ConfigurationInput.ProcessEnvironment());
}
