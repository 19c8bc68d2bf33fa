using System.Globalization;
using System.Text;
using Railgun.Try.Origins;
using Railgun.Try.Processes;
using Railgun.Try.Visits;

namespace Railgun.Try;

/// <summary>The whole demonstration: origin, pair, table, and then to stay up.</summary>
internal static class TryProgram
{
    private const int PreferredPort = 8080;

    /// <summary>Returns the exit code: 0 only if every body arrived byte-exact.</summary>
    public static async Task<int> RunAsync(TryOptions options, TextWriter output, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("railgun-try-").FullName;
        try
        {
            return await RunAsync(options, folder, output, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunAsync(TryOptions options, string folder, TextWriter output, CancellationToken cancellation)
    {
        var ledger = new Ledger();
        using Tap? tap = options.Site is { } own ? new Tap(own) : null;
        TriedSite site = tap is null ? TriedSite.Of(options) : await OwnSiteAsync(options.Site!, tap, cancellation);
        await using OriginHost origin = await OriginHost.StartAsync(0, site.Map, ledger);
        await using var pair = new Pair(folder, options.HttpPort != 0 ? options.HttpPort : LoopbackPorts.IsFree(PreferredPort) ? PreferredPort : 0);
        var log = new AccessLog();
        pair.Listener.OutputLine += log.Add;
        await PairAsync(pair, origin, site, output, cancellation);
        bool exact = await VisitAsync(options, site, origin, pair, ledger, log, output, cancellation);
        if (!options.Once && !Console.IsOutputRedirected && !Console.IsInputRedirected)
        {
            ledger.IsRecording = false;
            await StayAsync(options, site, pair, output, cancellation);
        }

        return exact ? 0 : 1;
    }

    private static async Task<bool> VisitAsync(
        TryOptions options, TriedSite site, OriginHost origin, Pair pair, Ledger ledger, AccessLog log, TextWriter output, CancellationToken cancellation)
    {
        using var visitor = new Visitor(pair.Address, options.Site?.Authority, TimeProvider.System);
        var tour = new Tour(visitor, ledger, log, async token => LinkTotals.Parse(await pair.AdminAsync(pair.Listener, "status", token)), output);
        try
        {
            bool exact = await tour.RunAsync(site.Plan, cancellation);
            exact &= site.AfterRestart.Count == 0 || await tour.AfterRestartAsync(site.AfterRestart, () => RestartSenderAsync(pair, origin.Address, cancellation), cancellation);
            if (!exact)
            {
                await output.WriteLineAsync(pair.Logs());
            }

            return exact;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && failure is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new PairFailedException($"A request failed: {failure.Message}\n{pair.Logs()}");
        }
    }

    private static async Task RestartSenderAsync(Pair pair, Uri origin, CancellationToken cancellation)
    {
        await pair.Sender.Child.StopAsync();
        pair.StartSender(origin);
        await pair.ReadyAsync(cancellation);
    }

    private static async Task<TriedSite> OwnSiteAsync(Uri site, Tap tap, CancellationToken cancellation)
    {
        using var visitor = new Visitor(site, host: null, TimeProvider.System);
        try
        {
            Arrival page = await visitor.MakeAsync(new Visit(site.PathAndQuery, IsFirst: true), cancellation);
            return new TriedSite(site.ToString(), tap.Map, VisitPlan.Of(site, Encoding.UTF8.GetString(page.Body)), [site.PathAndQuery]);
        }
        catch (HttpRequestException failure)
        {
            throw new UsageException($"--origin {site}: it does not answer: {failure.Message}");
        }
    }

    private static async Task PairAsync(Pair pair, OriginHost origin, TriedSite site, TextWriter output, CancellationToken cancellation)
    {
        await output.WriteLineAsync($"origin    {origin.Address}  ({site.Label})");
        await output.WriteLineAsync($"listener  {pair.Address}  (link on port {pair.LinkPort.ToString(CultureInfo.InvariantCulture)}, admin {pair.Listener.Admin})");
        await output.WriteLineAsync($"sender    dials the listener  (admin {pair.Sender.Admin})");
        await output.WriteLineAsync("\nPairing, with the commands that you would type:");
        foreach (string line in await pair.TrustEachOtherAsync())
        {
            await output.WriteLineAsync("  " + line);
        }

        await output.WriteLineAsync();
        await output.FlushAsync(cancellation);
        pair.StartListener();
        pair.StartSender(origin.Address);
        await pair.ReadyAsync(cancellation);
    }

    private static async Task StayAsync(TryOptions options, TriedSite site, Pair pair, TextWriter output, CancellationToken cancellation)
    {
        if (options.Site is { } own)
        {
            // The tap was there for the comparison; from here on the sender asks the site itself.
            await RestartSenderAsync(pair, own, cancellation);
        }

        await output.WriteLineAsync("\nStays up until Ctrl-C. Open, and load again:");
        foreach (string path in site.Open)
        {
            await output.WriteLineAsync("  " + new Uri(pair.Address, path));
        }

        await output.WriteLineAsync($"What the listener and the sender know:\n  {pair.Listener.Admin}status\n  {pair.Sender.Admin}status");
        await output.FlushAsync(cancellation);
        await Task.WhenAny(
            Task.Delay(Timeout.Infinite, cancellation), pair.Listener.Child.WaitAsync(CancellationToken.None), pair.Sender.Child.WaitAsync(CancellationToken.None));
        if (!cancellation.IsCancellationRequested)
        {
            throw new PairFailedException($"A side of the pair ended.\n{pair.Logs()}");
        }
    }
}
