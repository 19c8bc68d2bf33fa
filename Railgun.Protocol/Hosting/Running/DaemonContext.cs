using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Options;
using Railgun.Protocol.Identity;

namespace Railgun.Hosting.Running;

/// <summary>What a daemon is given to live from. Everything here belongs to the host and outlives the daemon.</summary>
/// <typeparam name="TOptions">The daemon's options.</typeparam>
internal sealed class DaemonContext<TOptions>
    where TOptions : DaemonOptions
{
    /// <summary>The options, valid.</summary>
    public required TOptions Options { get; init; }

    /// <summary>All that was configured (file, environment, flags, merged), for the sections that YARP and Kestrel read themselves.</summary>
    public required IConfigurationRoot Configuration { get; init; }

    /// <summary>The state directory.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Who this node is.</summary>
    public required NodeIdentity Identity { get; init; }

    /// <summary>Whom it trusts; watched by the host.</summary>
    public required TrustedPeers Peers { get; init; }

    /// <summary>Where loggers come from.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Where meters come from; those whose names begin with <c>Railgun</c> are on <c>/metrics</c>.</summary>
    public required IMeterFactory Meters { get; init; }

    /// <summary>The access log: one record for each exchange.</summary>
    public required AccessLog Access { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>
    /// An empty web application that logs, counts and tells time as the daemon does, and leaves signals and files alone:
    /// add Kestrel with <c>builder.WebHost.UseKestrelCore()</c> and what else it needs, then <c>StartAsync</c> it.
    /// </summary>
    public WebApplicationBuilder CreateWebApplication() => WebHosting.CreateBuilder(Loggers, Meters, Time, Configuration);
}
