using System.Text.Json;

namespace Railgun.Try.Visits;

/// <summary>Bytes on the sockets of the link's lanes, everything included: TLS and its handshakes, heads, pings, what is told about versions.</summary>
/// <param name="Down">From the sender to the listener.</param>
/// <param name="Up">From the listener to the sender.</param>
internal readonly record struct LinkTotals(long Down, long Up)
{
    /// <summary>Both directions.</summary>
    public long Both => Down + Up;

    /// <summary>What came on top since an earlier look.</summary>
    public LinkTotals Since(LinkTotals earlier) => new(Down - earlier.Down, Up - earlier.Up);

    /// <summary>Adds up the peers in the listener's <c>/status</c>.</summary>
    public static LinkTotals Parse(string status)
    {
        using JsonDocument report = JsonDocument.Parse(status);
        var totals = new LinkTotals(0, 0);
        foreach (JsonElement peer in report.RootElement.GetProperty("peers").EnumerateArray())
        {
            totals = new LinkTotals(
                totals.Down + peer.GetProperty("bytesDown").GetInt64(),
                totals.Up + peer.GetProperty("bytesUp").GetInt64());
        }

        return totals;
    }
}
