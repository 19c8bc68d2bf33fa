using Microsoft.AspNetCore.Connections.Features;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Clients.Compression;

/// <summary>Finds the effort that makes the client's whole time shortest. Step 9 of a request's life.</summary>
internal static class CompressionEfforts
{
    /// <summary>
    /// From here on, in bytes a second, <see cref="CompressionEffort.Less"/>. On page histories (16 kinds, 4 to 1,000 KB) brotli's quality 4 saves 2 bytes for each µs that it works longer than 3.
    /// </summary>
    public const long Fast = 2_000_000;

    /// <summary>From here on <see cref="CompressionEffort.Least"/>: quality 3 saves 9 bytes for each µs that it works longer than 0, and 1 is worse than both.</summary>
    public const long Fastest = 10_000_000;

    /// <summary>The effort for the client of <paramref name="http"/>, by what its connection sends in one round trip.</summary>
    public static CompressionEffort For(HttpContext http) =>
        http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket ? For(new TcpTuning(socket).Rates()) : CompressionEffort.Usual;

    /// <summary>The effort for a connection like this.</summary>
    public static CompressionEffort For(in TcpRates rates)
    {
        double perSecond = rates.RoundTrip > TimeSpan.Zero ? rates.Window / rates.RoundTrip.TotalSeconds : 0;
        return perSecond >= Fastest ? CompressionEffort.Least
            : perSecond >= Fast ? CompressionEffort.Less
            : CompressionEffort.Usual;
    }
}
