using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Railgun.Hosting.Configuration;
using Railgun.Listener.Clients;
using Railgun.Listener.Clients.Http2;

namespace Railgun.Listener.Startup;

/// <summary>Where clients are served. Step 1 of a request's life.</summary>
internal static class Endpoints
{
    private static readonly ListenAddress Default = new(System.Net.IPAddress.Any, 8080);

    /// <summary>Adds them to Kestrel.</summary>
    /// <param name="kestrel">The server's options.</param>
    /// <param name="options">The listener's options.</param>
    /// <param name="certificate">The certificate; null if no endpoint needs one.</param>
    /// <param name="time">The clock.</param>
    public static void Apply(KestrelServerOptions kestrel, ListenerOptions options, ClientCertificate? certificate, TimeProvider time)
    {
        ProxyProtocolGate? gate = options.ProxyProtocol.From.Count > 0 ? new ProxyProtocolGate(options.ProxyProtocol, time) : null;
        var watch = new Http2Gate(time);
        bool none = options.Http.Count == 0 && options.Https.Count == 0 && options.H2c.Count == 0;
        foreach (ListenAddress address in none ? [Default] : options.Http)
        {
            kestrel.Listen(address.ToEndPoint(), listen => Open(listen, HttpProtocols.Http1, gate));
        }

        foreach (ListenAddress address in options.H2c)
        {
            kestrel.Listen(address.ToEndPoint(), listen =>
            {
                Open(listen, HttpProtocols.Http2, gate);
                listen.Use(next => connection => watch.PassAsync(connection, next));
            });
        }

        foreach (ListenAddress address in options.Https)
        {
            kestrel.Listen(address.ToEndPoint(), listen =>
            {
                Open(listen, HttpProtocols.Http1AndHttp2, gate);
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate!.Current) });
                listen.Use(next => connection => watch.PassAsync(connection, next));
            });
        }
    }

    private static void Open(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen, HttpProtocols protocols, ProxyProtocolGate? gate)
    {
        listen.Protocols = protocols;
        if (gate is not null)
        {
            // Before TLS: the header stands in front of everything.
            listen.Use(next => connection => gate.PassAsync(connection, next));
        }
    }
}
