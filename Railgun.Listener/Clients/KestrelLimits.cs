using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Railgun.Listener.Startup;

namespace Railgun.Listener.Clients;

/// <summary>Kestrel's limits towards clients, each set on purpose. Step 1 of a request's life.</summary>
internal static class KestrelLimits
{
    /// <summary>The most bytes of a request's field lines: what nginx takes by default, and half of the longest head on the link.</summary>
    public const int MaxHeadersTotalSize = 32 * 1024;

    /// <summary>The most field lines of a request; the proxy adds some, and the link takes 256.</summary>
    public const int MaxHeaderCount = 200;

    /// <summary>The longest request line, in bytes.</summary>
    public const int MaxRequestLine = 16 * 1024;

    /// <summary>The longest name, and the longest value, of a field in HTTP/2, in bytes.</summary>
    public const int MaxField = 16 * 1024;

    /// <summary>The most requests of one connection of HTTP/2 at one time.</summary>
    public const int MaxStreams = 128;

    /// <summary>Sets them.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="clients">How patient it is.</param>
    public static void Apply(KestrelServerOptions kestrel, ClientsOptions clients)
    {
        kestrel.AddServerHeader = false;

        // A line ends with CR LF; Kestrel takes LF alone for one too, unless this is said before it makes its parser.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

        kestrel.RequestHeaderEncodingSelector = FieldEncoding.OfRequest;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;

        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxRequestHeadersTotalSize = MaxHeadersTotalSize;
        limits.MaxRequestHeaderCount = MaxHeaderCount;
        limits.MaxRequestLineSize = MaxRequestLine;
        limits.MaxConcurrentConnections = clients.Connections;
        limits.MaxConcurrentUpgradedConnections = null; // SwitchedConnections counts them
        limits.RequestHeadersTimeout = clients.HeadTimeout;
        limits.KeepAliveTimeout = clients.IdleTimeout;

        // How large a body may be is the origin's to say; it passes through windows of bounded size. How slow is ours: a client that is too slow holds an exchange for
        // nothing. Kestrel counts only while we want to read, so backpressure from the link is not held against the client.
        limits.MaxRequestBodySize = null;
        MinDataRate? least = clients.LeastRate.Bytes > 0 ? new MinDataRate(clients.LeastRate.Bytes, clients.LeastRateGrace) : null;
        limits.MinRequestBodyDataRate = least;
        limits.MinResponseDataRate = least;

        limits.Http2.MaxStreamsPerConnection = MaxStreams;
        limits.Http2.MaxRequestHeaderFieldSize = MaxField;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }
}
