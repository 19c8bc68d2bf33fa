using System.Globalization;

namespace Railgun.Try.Visits;

/// <summary>Bytes on the link's sockets, everything included: TLS and its handshakes, heads, pings, acknowledgements of versions.</summary>
/// <param name="Down">From the sender to the listener.</param>
/// <param name="Up">From the listener to the sender.</param>
internal readonly record struct LinkTotals(long Down, long Up)
{
    /// <summary>Both directions.</summary>
    public long Both => Down + Up;

    /// <summary>What came on top since an earlier look.</summary>
    public LinkTotals Since(LinkTotals earlier) => new(Down - earlier.Down, Up - earlier.Up);

    /// <summary>Reads the listener's <c>/metrics</c>.</summary>
    public static LinkTotals Parse(string metrics)
    {
        long down = 0, up = 0;
        foreach (string line in metrics.Split('\n').Where(line => line.StartsWith("railgun_link_bytes_total{", StringComparison.Ordinal)))
        {
            long value = (long)double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);
            if (line.Contains("direction=\"down\"", StringComparison.Ordinal))
            {
                down += value;
            }
            else
            {
                up += value;
            }
        }

        return new LinkTotals(down, up);
    }
}
