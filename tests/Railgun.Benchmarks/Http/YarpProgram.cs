using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Railgun.Benchmarks.Http;

/// <summary>
/// One side of a plain YARP pair, as one would write it in an afternoon: <c>yarp edge PORT https://ORIGIN-SIDE CERTIFICATE</c> takes HTTP/1.1 and asks in HTTP/2 over TLS;
/// <c>yarp origin PORT http://ORIGIN CERTIFICATE</c> takes that and asks in HTTP/1.1. No compression; limits that a 1 GB upload would meet are lifted.
/// </summary>
internal static class YarpProgram
{
    /// <summary>Runs until it is stopped.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        bool isEdge = args[0] == "edge";
        int port = int.Parse(args[1], CultureInfo.InvariantCulture);
        X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(args[3], args[3]);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = isEdge ? HttpProtocols.Http1 : HttpProtocols.Http2;
                if (!isEdge)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        IReverseProxyBuilder proxy = builder.Services.AddReverseProxy().LoadFromMemory([Route], [Cluster(args[2], isEdge)]);
        proxy.ConfigureHttpClient((_, handler) => handler.SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, seen, _, _) => seen?.GetRawCertData().AsSpan().SequenceEqual(certificate.RawData) ?? false,
        });
        WebApplication app = builder.Build();
        app.MapReverseProxy();
        await app.RunAsync();
        return 0;
    }

    private static RouteConfig Route => new() { RouteId = "all", ClusterId = "next", Match = new RouteMatch { Path = "/{**rest}" } };

    private static ClusterConfig Cluster(string address, bool isEdge) => new()
    {
        ClusterId = "next",
        Destinations = new Dictionary<string, DestinationConfig> { ["next"] = new() { Address = address } },
        HttpRequest = new ForwarderRequestConfig
        {
            Version = isEdge ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        },
    };
}
