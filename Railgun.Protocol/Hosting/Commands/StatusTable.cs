using System.Globalization;
using Railgun.Hosting.Admin;

namespace Railgun.Hosting.Commands;

/// <summary>A status report for people.</summary>
internal static class StatusTable
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, StatusReport report)
    {
        output.WriteLine($"{report.Program} {report.Version}, up {Span(report.UptimeSeconds)}, {(report.Ready ? "ready" : "not ready")}: {report.Reason}");
        output.WriteLine($"fingerprint {report.Fingerprint}");
        WritePeers(output, report);
        WriteStores(output, report);
        WriteExchanges(output, report.Exchanges);
        output.WriteLine();
        output.WriteLine(report.LastProblems.Count == 0 ? "no problems" : "last problems");
        foreach (ProblemStatus problem in report.LastProblems)
        {
            output.WriteLine($"  {problem.Time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)} {problem.Level}: {Printable(problem.Message)}");
        }
    }

    private static void WritePeers(TextWriter output, StatusReport report)
    {
        var table = new TextTable("peer", "state", "lane", "remote", "rtt ms", "rate", "streams", "up", "down", "for");
        foreach (PeerStatus peer in report.Peers)
        {
            string state = peer.Up ? "up" : "down";
            if (peer.Lanes.Count == 0)
            {
                table.Add(peer.Name, state, "-", "-", "-", "-", "-", "-", "-", Since(report, peer.Since));
            }

            foreach (LaneStatus lane in peer.Lanes)
            {
                table.Add(
                    peer.Name, state, Number(lane.Number), (lane.Dialled ? "to " : "from ") + Printable(lane.Remote), lane.RoundTripMs?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-",
                    lane.DeliveryRate is { } rate ? $"{Bytes(rate)}/s" : "-", Number(lane.Streams), Bytes(lane.BytesUp), Bytes(lane.BytesDown), Since(report, lane.Since));
            }
        }

        table.Write(output, report.Peers.Count == 0 ? "no peer is trusted yet" : null);
    }

    private static void WriteStores(TextWriter output, StatusReport report)
    {
        var table = new TextTable("store", "versions", "bytes", "of", "indexes", "pinned", "evicted");
        foreach (StoreStatus store in report.Stores)
        {
            table.Add(
                Printable(store.Name), Number(store.Versions), Bytes(store.Bytes), Bytes(store.CapacityBytes),
                Bytes(store.IndexBytes), Bytes(store.PinnedBytes), Number(store.Evictions));
        }

        table.Write(output, report.Stores.Count == 0 ? "no store" : null);
    }

    private static void WriteExchanges(TextWriter output, ExchangeStatus exchanges)
    {
        var table = new TextTable("exchanges", "active", "failed", "hit rate", "bodies", "link up", "link down", "saved");
        string saved = exchanges.BodyBytes == 0 || exchanges.LinkDown == 0 ? "-" : Percent(1 - ((double)exchanges.LinkDown / exchanges.BodyBytes));
        table.Add(
            Number(exchanges.Ended), Number(exchanges.Active), Number(exchanges.Failed), Percent(exchanges.HitRate),
            Bytes(exchanges.BodyBytes), Bytes(exchanges.LinkUp), Bytes(exchanges.LinkDown), saved);
        table.Write(output, null);
    }

    private static string Since(StatusReport report, DateTimeOffset? since) =>
        since is { } start ? Span((report.Started.AddSeconds(report.UptimeSeconds) - start).TotalSeconds) : "-";

    private static string Span(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Max(0, seconds));
        return span switch
        {
            { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Days}d{span.Hours}h"),
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Hours}h{span.Minutes}min"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}min{span.Seconds}s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{span.Seconds}s"),
        };
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture).Replace(" %", "%", StringComparison.Ordinal);

    private static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} KB"),
        < 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    // The report comes over a socket: what it says must not steer the terminal.
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
