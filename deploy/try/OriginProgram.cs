using Railgun.Try.Origins;

namespace Railgun.Try;

/// <summary>The subcommand <c>origin</c>: serves the demo site or page histories until it is stopped.</summary>
internal static class OriginProgram
{
    /// <summary>Returns the exit code.</summary>
    public static async Task<int> RunAsync(TryOptions options, CancellationToken cancellation)
    {
        if (options.Site is not null)
        {
            throw new UsageException("origin serves the demo site or --pages FOLDER; --origin URL is an origin already.");
        }

        var site = TriedSite.Of(options);
        await using OriginHost host = await OriginHost.StartAsync(options.HttpPort, site.Map);
        await Console.Out.WriteLineAsync($"{site.Label}: {host.Address}");
        await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
        return 0;
    }
}
