using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Railgun.EndToEnd.RealClients.Grpc;

/// <summary>The gRPC server, on loopback, HTTP/2 in clear text.</summary>
internal sealed class TalkServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TalkServer(WebApplication app) => _app = app;

    /// <summary>Where it answers.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts it.</summary>
    public static async Task<TalkServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        WebApplication app = builder.Build();
        app.MapGrpcService<TalkService>();
        await app.StartAsync();
        return new TalkServer(app);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
