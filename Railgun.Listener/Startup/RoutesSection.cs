namespace Railgun.Listener.Startup;

/// <summary>
/// The configuration's <c>ReverseProxy</c> section as the proxy library reads and watches it: replaced as a whole on reload.
/// </summary>
internal sealed class RoutesSection : ConfigurationProvider, IConfigurationSource
{
    /// <summary>The section's name, in any case.</summary>
    public const string Name = "ReverseProxy";

    /// <summary>Takes over the section of <paramref name="configuration"/>.</summary>
    public RoutesSection(IConfiguration configuration)
    {
        Data = Copy(configuration);
        Section = new ConfigurationBuilder().Add(this).Build().GetSection(Name);
    }

    /// <summary>The section.</summary>
    public IConfigurationSection Section { get; }

    /// <summary>Whether <paramref name="configuration"/> has routes of its own.</summary>
    public static bool IsIn(IConfiguration configuration) => configuration.GetSection(Name).GetChildren().Any();

    /// <summary>Takes over the section of a configuration read anew.</summary>
    public void Replace(IConfiguration configuration)
    {
        Data = Copy(configuration);
        OnReload();
    }

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    private static Dictionary<string, string?> Copy(IConfiguration configuration) =>
        new(configuration.GetSection(Name).AsEnumerable(), StringComparer.OrdinalIgnoreCase);
}
