using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Railgun.EndToEnd.Transparency;

/// <summary>An origin that answers HTTP/1.1 on one port and HTTP/2 on another, and whose every path answers in one way and the same each time.</summary>
internal sealed class ProbeOrigin : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _events = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private ProbeOrigin(WebApplication app) => _app = app;

    /// <summary>Where HTTP/1.1 is served.</summary>
    public Uri Http => new(_app.Urls.First());

    /// <summary>Where HTTP/2 is served.</summary>
    public Uri H2c => new(_app.Urls.Last());

    /// <summary>Starts it.</summary>
    public static async Task<ProbeOrigin> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MaxRequestLineSize = 32 * 1024;
            kestrel.Limits.Http2.MaxRequestHeaderFieldSize = 32 * 1024;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        var origin = new ProbeOrigin(app);
        app.UseWebSockets();
        ProbeBodies.Map(app);
        ProbeTalks.Map(app, origin);
        await app.StartAsync();
        return origin;
    }

    /// <summary>What is told once: that a question has come, or that its asker is gone.</summary>
    public TaskCompletionSource Event(string name) =>
        _events.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
