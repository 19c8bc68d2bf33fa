using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Railgun.Listener.Clients.Http2;

/// <summary>Behind TLS and before HTTP on each connection: opens an account for those of HTTP/2, and watches their frames. Step 1 of a request's life.</summary>
/// <param name="time">The clock.</param>
internal sealed class Http2Gate(TimeProvider time)
{
    /// <summary>Lets a connection through to <paramref name="next"/>.</summary>
    public Task PassAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (IsHttp2(connection))
        {
            var account = new ConnectionAccount(time);
            connection.Features.Set(account);
            connection.Transport = new Duplex(
                new WatchedInput(connection.Transport.Input, new FrameWatch(account), () => Refuse(connection)), connection.Transport.Output);
        }

        return next(connection);
    }

    // In clear text the endpoint has one protocol, by prior knowledge.
    private static bool IsHttp2(ConnectionContext connection) =>
        connection.Features.Get<ITlsApplicationProtocolFeature>() is not { } tls
        || tls.ApplicationProtocol.Span.SequenceEqual(SslApplicationProtocol.Http2.Protocol.Span);

    private static void Refuse(ConnectionContext connection) => connection.Abort(new ConnectionAbortedException("Too many frames that serve no request."));

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
