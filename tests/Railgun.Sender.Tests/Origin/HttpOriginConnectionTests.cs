using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Origin;

/// <summary>The other ways to speak to an origin: TLS, and HTTP/2 in clear text.</summary>
[CancelAfter(30_000)]
internal sealed class HttpOriginConnectionTests
{
    [TestCase(OriginClient.Own)]
    [TestCase(OriginClient.Platform)]
    public async Task Over_TLS_the_name_is_that_of_the_configuration_and_not_the_clients(OriginClient client, CancellationToken cancellation)
    {
        using X509Certificate2 certificate = Certificate("origin.internal");
        string trust = Path.GetTempFileName();
        await File.WriteAllTextAsync(trust, certificate.ExportCertificatePem(), cancellation);
        try
        {
            (Answer answer, string? asked) = await AskTlsAsync(client, certificate, new OriginOptions { TlsName = "origin.internal", TlsTrustFile = trust }, cancellation);
            Assert.That((answer.Text, asked), Is.EqualTo(("ok", "origin.internal")), answer.Failure?.Reason);

            (answer, _) = await AskTlsAsync(client, certificate, new OriginOptions { TlsName = "other.internal", TlsTrustFile = trust }, cancellation);
            Assert.That(answer.Failure?.Kind, Is.EqualTo(OriginFailureKind.Unreachable));
            Assert.That(answer.Failure!.Reason, Does.StartWith("TLS with 127.0.0.1:").And.Contain("origin.tlsName"));

            (answer, _) = await AskTlsAsync(client, certificate, new OriginOptions { TlsName = "origin.internal" }, cancellation);
            Assert.That(answer.Failure?.Kind, Is.EqualTo(OriginFailureKind.Unreachable), "Nobody vouches for it.");
        }
        finally
        {
            File.Delete(trust);
        }
    }

    [Test]
    public async Task Over_HTTP2_the_answer_runs_while_the_request_does_and_trailers_come(CancellationToken cancellation)
    {
        await using WebApplication kestrel = await StartAsync(async context =>
        {
            Assert.That(context.Request.Headers.TE.ToString(), Is.EqualTo("trailers"));
            Assert.That(context.Request.Host.Value, Is.EqualTo("shop.example"));
            context.Response.DeclareTrailer("grpc-status");
            context.Response.ContentType = "application/grpc";
            byte[] buffer = new byte[100];
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and int count)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            context.Response.AppendTrailer("grpc-status", "0");
        });
        using HttpOrigin origin = new(
            new OriginAddress("127.0.0.1", PortOf(kestrel), Tls: false), new OriginOptions { Protocol = OriginProtocol.H2c }, TimeProvider.System);
        FakeBody body = new FakeBody().Add("one"u8);
        RequestHead head = new() { Method = "POST", Scheme = "http", Authority = "shop.example", Target = "/chat" };
        await using IOriginExchange exchange = origin.Ask(head, body, cancellation);
        OriginEvent first = await exchange.ReadAsync(default);
        Assert.That(first.Head?.Status, Is.EqualTo(200), first.Failure?.Reason);
        byte[] buffer = new byte[100];
        Assert.That(await ReadTextAsync(exchange, buffer), Is.EqualTo("one"));
        body.Add("two"u8);
        Assert.That(await ReadTextAsync(exchange, buffer), Is.EqualTo("two"));
        body.End();
        OriginEvent end = await exchange.ReadAsync(buffer);
        Assert.That(end.Trailers!.First("grpc-status"), Is.EqualTo("0"));
    }

    [Test]
    public async Task Over_HTTP2_the_asterisk_form_is_refused_rather_than_changed()
    {
        using HttpOrigin origin = new(
            new OriginAddress("127.0.0.1", 1, Tls: false), new OriginOptions { Protocol = OriginProtocol.H2c }, TimeProvider.System);
        RequestHead head = new() { Method = "OPTIONS", Scheme = "http", Authority = "shop.example", Target = "*" };
        await using IOriginExchange exchange = origin.Ask(head, null, CancellationToken.None);
        Assert.That((await exchange.ReadAsync(default)).Failure!.Kind, Is.EqualTo(OriginFailureKind.Unsendable));
    }

    private static async Task<(Answer Answer, string? Asked)> AskTlsAsync(
        OriginClient client, X509Certificate2 certificate, OriginOptions options, CancellationToken cancellation)
    {
        string? asked = null;
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Task serving = Task.Run(
            async () =>
            {
                using Socket socket = await listener.AcceptAsync(cancellation);
                await using SslStream tls = new(new NetworkStream(socket));
                try
                {
                    await tls.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions
                        {
                            ServerCertificateSelectionCallback = (_, name) =>
                            {
                                asked = name;
                                return certificate;
                            },
                        },
                        cancellation);
                    await tls.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: true, cancellation);
                    await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), cancellation);
                }
                catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The client did not like what it saw; its side of the story is what is tested.
                }
            },
            cancellation);
        options.ConnectTimeout = TimeSpan.FromSeconds(25);
        using IOrigin origin = client.Make(new OriginAddress("127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port, Tls: true), options, TimeProvider.System);
        RequestHead head = new() { Method = "GET", Scheme = "https", Authority = "client.example", Target = "/" };
        Answer answer;
        await using (IOriginExchange exchange = origin.Ask(head, null, cancellation))
        {
            answer = await Answer.ReadAsync(exchange);
        }

        await serving;
        return (answer, asked);
    }

    private static X509Certificate2 Certificate(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate handler)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        WebApplication app = builder.Build();
        app.Run(handler);
        await app.StartAsync();
        return app;
    }

    private static int PortOf(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    private static async Task<string> ReadTextAsync(IOriginExchange exchange, byte[] buffer)
    {
        OriginEvent next = await exchange.ReadAsync(buffer);
        return Encoding.Latin1.GetString(buffer, 0, next.Length);
    }
}
