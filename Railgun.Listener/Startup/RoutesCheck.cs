using System.Text;
using System.Text.Json.Nodes;
using Railgun.Hosting.Configuration;
using Railgun.Listener.Senders;
using Yarp.ReverseProxy.Configuration;

namespace Railgun.Listener.Startup;

/// <summary>
/// Says what is wrong in the routes before anything is started with them: keys that the proxy library does not know and would pass over in silence,
/// values that it can't read, and what its own validator finds.
/// </summary>
internal static class RoutesCheck
{
    private static readonly string[] Known = ["Routes", "Clusters"];

    /// <summary>Adds the mistakes of <paramref name="section"/>, null for none, which stands at <paramref name="path"/>.</summary>
    public static void Validate(Mistakes mistakes, string path, JsonObject? section)
    {
        if (section is null)
        {
            return;
        }

        foreach (string key in section.Select(static entry => entry.Key).Where(static key => !Known.Contains(key, StringComparer.OrdinalIgnoreCase)))
        {
            mistakes.Add($"{path}.{key}", "the proxy library knows no such key", "write Routes or Clusters");
        }

        using var json = new MemoryStream(Encoding.UTF8.GetBytes(section.ToJsonString()));
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton<ISenders, NoSenders>();
        ListenerServices.AddProxy(builder.Services).LoadFromConfig(new ConfigurationBuilder().AddJsonStream(json).Build());
        using WebApplication app = builder.Build();
        IProxyConfig? config = Read(mistakes, path, app.Services);
        if (config is not null)
        {
            Validate(mistakes, path, config, app.Services.GetRequiredService<IConfigValidator>());
        }
    }

    private static IProxyConfig? Read(Mistakes mistakes, string path, IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<IProxyConfigProvider>().GetConfig();
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            mistakes.Add(path, $"it can't be read: {e.Message}", "write it as the documentation of YARP says");
            return null;
        }
    }

    private static void Validate(Mistakes mistakes, string path, IProxyConfig config, IConfigValidator validator)
    {
        var clusters = new HashSet<string>(config.Clusters.Select(static cluster => cluster.ClusterId), StringComparer.OrdinalIgnoreCase);
        foreach (ClusterConfig cluster in config.Clusters)
        {
            Add(mistakes, $"{path}.Clusters.{cluster.ClusterId}", validator.ValidateClusterAsync(cluster));
            if (cluster.Destinations is not { Count: > 0 })
            {
                mistakes.Add($"{path}.Clusters.{cluster.ClusterId}", "it has no destination", "write Destinations, such as http://NAME.railgun/ for the sender NAME");
            }
        }

        foreach (RouteConfig route in config.Routes)
        {
            Add(mistakes, $"{path}.Routes.{route.RouteId}", validator.ValidateRouteAsync(route));
            if (route.ClusterId is null || !clusters.Contains(route.ClusterId))
            {
                mistakes.Add($"{path}.Routes.{route.RouteId}.ClusterId", $"there is no cluster '{route.ClusterId}'", "write the name of one under Clusters");
            }
        }
    }

    // The validator waits for nothing: its policies are all in memory.
    private static void Add(Mistakes mistakes, string path, ValueTask<IList<Exception>> found)
    {
        foreach (Exception problem in found.AsTask().GetAwaiter().GetResult())
        {
            mistakes.Add(path, problem.Message.TrimEnd('.'), "write it as the documentation of YARP says");
        }
    }
}
