using Microsoft.Extensions.Configuration;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Configuration;

/// <summary>What came of loading a configuration.</summary>
/// <param name="Options">The options; only to be used if there are no mistakes.</param>
/// <param name="Configuration">All of it, for the sections that others read.</param>
/// <param name="Mistakes">All that is wrong.</param>
/// <param name="Notes">What is odd but harmless.</param>
/// <param name="File">The file that was read or should have been; null for none.</param>
internal sealed record LoadedConfiguration<TOptions>(
    TOptions Options,
    IConfigurationRoot Configuration,
    IReadOnlyList<Mistake> Mistakes,
    IReadOnlyList<string> Notes,
    string? File)
    where TOptions : DaemonOptions;
