using Railgun.Hosting.Configuration;
using Railgun.Listener.Startup;

namespace Railgun.Listener.Tests.Startup;

/// <summary>What operators are given: the sample configuration, and the keys in OPERATIONS.md.</summary>
internal sealed class OperationsTests
{
    [Test]
    public void The_sample_configuration_has_no_mistake()
    {
        string sample = Path.Combine(Deploy(), "samples", "railgun-listener.json");
        LoadedConfiguration<ListenerOptions> loaded = ConfigurationLoader.Load(
            ListenerProgram.Description, new ConfigurationInput(sample, DefaultFile: "", new Dictionary<string, string>(), Flags: []));
        Assert.That(loaded.Mistakes.Select(mistake => mistake.ToString()), Is.Empty);
        Assert.That(loaded.File, Is.EqualTo(sample));
    }

    [Test]
    public void Every_key_is_explained_to_operators()
    {
        string text = File.ReadAllText(Path.Combine(Deploy(), "OPERATIONS.md"));
        IEnumerable<string> keys = SchemaKeys.Of(ListenerProgram.Description.Schema).Select(key => key.Path);
        Assert.That(keys.Where(key => !text.Contains($"`{key}`", StringComparison.Ordinal)), Is.Empty);
    }

    private static string Deploy()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Railgun.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "deploy");
    }
}
