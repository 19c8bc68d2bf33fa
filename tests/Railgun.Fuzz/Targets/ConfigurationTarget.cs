using Railgun.Hosting.Configuration;
using Railgun.Hosting.Options;
using Railgun.Hosting.Running;

namespace Railgun.Fuzz.Targets;

/// <summary>The configuration file, with what both sides have in common.</summary>
internal sealed class ConfigurationTarget : IFuzzTarget
{
    private static readonly DaemonDescription<FuzzedOptions> Daemon = new()
    {
        Role = DaemonRole.Sender,
        Summary = "",
        Schema = FuzzedSchema.Default.FuzzedOptions,
        Flags = [],
        FlagsOfTheOtherSide = [],
        Examples = [],
        Create = static _ => throw new NotSupportedException("Nothing is started here."),
    };

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"railgun-fuzz-{Environment.ProcessId}.json");

    /// <inheritdoc/>
    public string Name => "configuration";

    /// <inheritdoc/>
    public int MaxInput => 4 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 32 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        yield return """{ "link": { "lanes": 2, "dial": ["a.example:1", "b"], "pingAfter": "5s", "listen": ["127.0.0.1:2408"] }, "store": { "capacity": "64MiB" } }"""u8.ToArray();
        yield return """{ "admin": { "endpoint": "127.0.0.1:2410", "enabled": true }, "logging": { "format": "json", "level": "debug" }, /* why */ "name": "x", }"""u8.ToArray();
        yield return """{ "words": ["a", "b"], "sites": { "a": { "b": 1.5 } }, "count": -1e3, "nested": { "nested": { "count": 99999999999 } } }"""u8.ToArray();
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        try
        {
            ConfigurationLoader.Load(Daemon, new ConfigurationInput(_file, DefaultFile: "", new Dictionary<string, string>(), Flags: []));
        }
        finally
        {
            File.Delete(_file);
        }
    }
}
