using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Railgun.Protocol.Identity;

namespace Railgun.Benchmarks.Link;

/// <summary>HttpClient to Kestrel, HTTP/2 over TLS on one connection.</summary>
internal sealed class Http2Contender : IContender
{
    private static readonly byte[] SmallBody = new byte[Sizes.Small];
    private static readonly byte[] BulkBody = new byte[Sizes.Chunk];

    private readonly WebApplication _server;
    private readonly HttpClient _client;

    private Http2Contender(WebApplication server, NodeIdentity identity)
    {
        _server = server;
        var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetRawCertData().AsSpan().SequenceEqual(identity.Certificate.RawData) ?? false } };
        _client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact, BaseAddress = new Uri(server.Urls.First()) };
    }

    /// <inheritdoc/>
    public string Name => "HTTP/2";

    /// <summary>Starts the server.</summary>
    public static async Task<Http2Contender> StartAsync(NodeIdentity identity)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(identity.Certificate);
        }));
        WebApplication server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync();
        return new Http2Contender(server, identity);
    }

    /// <inheritdoc/>
    public async Task BulkAsync(long bytes)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri($"/{bytes}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[Sizes.Chunk];
        while (await body.ReadAsync(buffer) > 0)
        {
        }
    }

    /// <inheritdoc/>
    public async ValueTask ExchangeAsync()
    {
        using var content = new ByteArrayContent(SmallBody);
        using HttpResponseMessage response = await _client.PostAsync(new Uri("/small", UriKind.Relative), content);
        await response.Content.ReadAsByteArrayAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Method == "POST")
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentLength = SmallBody.Length;
            await context.Response.Body.WriteAsync(SmallBody);
            return;
        }

        for (long left = long.Parse(context.Request.Path.Value!.AsSpan(1), null); left > 0; left -= BulkBody.Length)
        {
            await context.Response.Body.WriteAsync(BulkBody.AsMemory(0, (int)Math.Min(left, BulkBody.Length)));
        }
    }
}
