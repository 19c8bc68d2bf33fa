using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Railgun.Listener.Startup;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Clients.Compression;

/// <summary>Finds the effort that makes the client's whole time shortest. Step 9 of a request's life.</summary>
/// <param name="forwarded">Proxies that bring many clients.</param>
internal sealed class CompressionEfforts(ForwardedOptions forwarded)
{
    /// <summary>
    /// From here on, in bytes a second, <see cref="CompressionEffort.Less"/>. On page histories (16 kinds, 4 to 1,000 KB) brotli's quality 4 saves 2 bytes for each µs that it works longer than 3.
    /// </summary>
    public const long Fast = 2_000_000;

    /// <summary>From here on <see cref="CompressionEffort.Least"/>: quality 3 saves 9 bytes for each µs that it works longer than 0, and 1 is worse than both.</summary>
    public const long Fastest = 10_000_000;

    private readonly List<IPNetwork> _proxies = Networks.Read(forwarded.Trusted);

    /// <summary>The effort for the client of <paramref name="http"/>: the usual one behind a proxy or a balancer, whose connection says nothing of the client's.</summary>
    public CompressionEffort For(HttpContext http) => Networks.Contain(_proxies, http.Connection.RemoteIpAddress) ? CompressionEffort.Usual : For(RatesOf(http));

    /// <summary>What the kernel tells of the connection to the client; all zero where that ends at a balancer (<see cref="ProxyProtocolGate"/>), or the kernel can't tell.</summary>
    public static TcpRates RatesOf(HttpContext http) =>
        http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket ? new TcpTuning(socket).Rates() : default;

    /// <summary>
    /// The effort for a connection like this: by what the line has been seen to take, and no more than its window allows now. The window alone would tell of a queue somewhere on the way too, which makes
    /// it large and the line no faster; and a first window tells nothing. A rate at which this side was the limit counts: the line takes that at least, and the kernel keeps the highest of these.
    /// </summary>
    public static CompressionEffort For(in TcpRates rates)
    {
        double perSecond = rates.RoundTrip > TimeSpan.Zero ? Math.Min(rates.Delivery, rates.Window / rates.RoundTrip.TotalSeconds) : 0;
        return perSecond >= Fastest ? CompressionEffort.Least
            : perSecond >= Fast ? CompressionEffort.Less
            : CompressionEffort.Usual;
    }
}
