using Microsoft.Extensions.Configuration;
using Railgun.Hosting.Admin;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Running;

/// <summary>One of the two daemons, as its host drives it: start, perhaps reload, drain, dispose.</summary>
/// <typeparam name="TOptions">Its options.</typeparam>
internal interface IDaemon<TOptions> : IStatusSource, IAsyncDisposable
    where TOptions : DaemonOptions
{
    /// <summary>Opens what it listens on and begins to dial; does not wait for lanes.</summary>
    /// <returns>What was opened, a line each, for the first lines of the log: such as <c>clients: http://0.0.0.0:80</c>, <c>link: 0.0.0.0:2408</c>.</returns>
    /// <exception cref="StartupException">It can't; the message says why and what to do.</exception>
    Task<IReadOnlyList<string>> StartAsync(CancellationToken cancellation);

    /// <summary>
    /// Takes over what can change while it runs, on SIGHUP. The options are valid. What needs a restart is left as it is.
    /// </summary>
    void Reload(TOptions options, IConfigurationRoot configuration);

    /// <summary>Takes no new work and waits until what is in flight has ended, at most <paramref name="grace"/>.</summary>
    /// <param name="grace">How long.</param>
    /// <param name="force">Cancelled by the second signal: end now.</param>
    Task DrainAsync(TimeSpan grace, CancellationToken force);
}
