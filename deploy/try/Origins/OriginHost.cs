using System.Net;

namespace Railgun.Try.Origins;

/// <summary>A web server on loopback that answers as the origin.</summary>
internal sealed class OriginHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OriginHost(WebApplication app) => _app = app;

    /// <summary>Where it answers.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts a server.</summary>
    /// <param name="port">Its port on 127.0.0.1; 0 for any free one.</param>
    /// <param name="map">Adds what it answers.</param>
    /// <param name="ledger">Records what it sends; null for nothing.</param>
    public static async Task<OriginHost> StartAsync(int port, Action<WebApplication> map, Ledger? ledger = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        ledger?.Use(app);
        map(app);
        await app.StartAsync();
        return new OriginHost(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Event streams never end by themselves: none is waited for.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
