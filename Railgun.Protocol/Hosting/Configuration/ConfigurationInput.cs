using System.Collections;

namespace Railgun.Hosting.Configuration;

/// <summary>Where a configuration comes from, from the strongest to the weakest: flags, environment, file, defaults.</summary>
/// <param name="File">The file named by <c>--config</c>; null to look for <c>RAILGUN_CONFIG</c>, then for <paramref name="DefaultFile"/>.</param>
/// <param name="DefaultFile">The file that is read if it is there.</param>
/// <param name="Environment">The variables of the environment.</param>
/// <param name="Flags">What was given on the command line.</param>
internal sealed record ConfigurationInput(
    string? File,
    string DefaultFile,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<FlagValue> Flags)
{
    /// <summary>The process's environment.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return variables;
    }
}
