using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Railgun.Hosting.Admin;
using Railgun.Hosting.Commands;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Metrics;
using Railgun.Hosting.Options;
using Railgun.Protocol.Identity;

namespace Railgun.Hosting.Running;

/// <summary><c>run</c>: makes what the daemon lives from, starts it, waits for a signal, drains it.</summary>
internal sealed class DaemonRunner<TOptions>
    where TOptions : DaemonOptions
{
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PeersPeriod = TimeSpan.FromSeconds(1);

    private readonly DaemonDescription<TOptions> _daemon;
    private readonly LoadedConfiguration<TOptions> _loaded;
    private readonly Func<LoadedConfiguration<TOptions>> _loadAgain;
    private readonly RunSurroundings _surroundings;
    private readonly TimeProvider _time = TimeProvider.System;

    /// <summary>Makes the runner of one run.</summary>
    /// <param name="daemon">What runs.</param>
    /// <param name="loaded">Its configuration, without mistakes.</param>
    /// <param name="loadAgain">Reads the configuration again, for SIGHUP.</param>
    /// <param name="surroundings">Output, signals, environment.</param>
    public DaemonRunner(
        DaemonDescription<TOptions> daemon, LoadedConfiguration<TOptions> loaded, Func<LoadedConfiguration<TOptions>> loadAgain, RunSurroundings surroundings)
    {
        _daemon = daemon;
        _loaded = loaded;
        _loadAgain = loadAgain;
        _surroundings = surroundings;
    }

    /// <summary>Runs until a signal.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        try
        {
            return await RunToTheEndAsync();
        }
        catch (Exception e) when (e is StartupException or IdentityException)
        {
            await _surroundings.Error.WriteLineAsync($"{_daemon.Program} can't start. {e.Message}");
            return ExitCode.Failure;
        }
    }

    private async Task<int> RunToTheEndAsync()
    {
        LoggingOptions logging = _loaded.Options.Logging;
        using var sink = new LogSink(_surroundings.Logs, logging.Format);
        var problems = new RecentProblems();
        await using ServiceProvider services = BuildServices(sink, problems, logging);
        using var metrics = new MetricCollector(MetricCollector.IsOurs);

        string state = StateDirectory.Of(_loaded.Options, _daemon.Program);
        using NodeIdentity identity = NodeIdentity.LoadOrCreate(state, NodeName.Of(_loaded.Options, _daemon.Role), _time);
        var context = new DaemonContext<TOptions>
        {
            Options = _loaded.Options,
            Configuration = _loaded.Configuration,
            StateDirectory = state,
            Identity = identity,
            Peers = TrustedPeers.In(state),
            Loggers = services.GetRequiredService<ILoggerFactory>(),
            Meters = services.GetRequiredService<IMeterFactory>(),
            Access = new AccessLog(logging.Access ? sink : null, logging.Format, services.GetRequiredService<IMeterFactory>(), _time),
            Time = _time,
        };
        ILogger log = context.Loggers.CreateLogger("Railgun.Host");
        try
        {
            await ServeAsync(context, metrics, new DaemonState(_daemon.Program, ProgramVersion.Text, identity.Fingerprint, context.Access, problems, _time), log);
            return ExitCode.Success;
        }
        catch (Exception e) when (e is not StartupException)
        {
            HostLog.Crashed(log, e);
            return ExitCode.Failure;
        }
        finally
        {
            sink.Flush();
        }
    }

    private async Task ServeAsync(DaemonContext<TOptions> context, MetricCollector metrics, DaemonState state, ILogger log)
    {
        StatusMetrics.Register(context.Meters, state);
        using var systemd = new SystemdNotifier(_surroundings.Environment, _time);
        StopSignals signals = _surroundings.Signals;
        context.Peers.Changed += change => HostLog.PeersChanged(log, context.Peers.Path, change);
        using IDisposable watch = context.Peers.Watch(_time, PeersPeriod);

        await using AdminEndpoint? admin = await StartAdminAsync(context, state, metrics);
        await using (IDaemon<TOptions> daemon = _daemon.Create(context))
        {
            IReadOnlyList<string> opened = await daemon.StartAsync(signals.Force);
            state.Started(daemon);
            SayStart(context, opened, admin, log);
            systemd.Ready("running");
            signals.ReloadRequested += () => Reload(daemon, systemd, log);

            string signal = await signals.Stop;
            state.Draining();
            TimeSpan grace = context.Options.Link.DrainTimeout;
            systemd.Stopping("draining", grace + StopMargin);
            HostLog.Draining(log, signal, Duration.Format(grace));
            await daemon.DrainAsync(grace, signals.Force);
        }

        HostLog.Stopped(log, _daemon.Program);
    }

    private async Task<AdminEndpoint?> StartAdminAsync(DaemonContext<TOptions> context, DaemonState state, MetricCollector metrics)
    {
        AdminOptions options = context.Options.Admin;
        if (!options.Enabled)
        {
            return null;
        }

        ListenAddress address = options.Endpoint ?? new ListenAddress(System.Net.IPAddress.Loopback, _daemon.AdminPort);
        return await AdminEndpoint.StartAsync(
            WebHosting.CreateBuilder(context.Loggers, context.Meters, _time, configuration: null), address, state, metrics, CancellationToken.None);
    }

    private void SayStart(DaemonContext<TOptions> context, IReadOnlyList<string> opened, AdminEndpoint? admin, ILogger log)
    {
        HostLog.Started(log, _daemon.Program, ProgramVersion.Text, context.Identity.Fingerprint.ToString(), context.StateDirectory);
        foreach (string line in opened)
        {
            HostLog.Opened(log, line);
        }

        if (admin is not null)
        {
            HostLog.AdminOpened(log, admin.Url);
        }

        foreach (string note in _loaded.Notes)
        {
            HostLog.Note(log, note);
        }

        if (context.Peers.All.Count == 0)
        {
            string line = IdentityCommand.PairingLine(_daemon.OtherProgram, context.Identity.Fingerprint, NodeName.Of(context.Options, _daemon.Role));
            HostLog.NobodyTrusted(log, line, $"{_daemon.Program} trust FINGERPRINT --name NAME");
        }
    }

    private void Reload(IDaemon<TOptions> daemon, SystemdNotifier systemd, ILogger log)
    {
        systemd.Reloading();
        try
        {
            LoadedConfiguration<TOptions> loaded = _loadAgain();
            foreach (Mistake mistake in loaded.Mistakes)
            {
                HostLog.ReloadMistake(log, mistake.ToString());
            }

            if (loaded.Mistakes.Count == 0)
            {
                daemon.Reload(loaded.Options, loaded.Configuration);
                HostLog.Reloaded(log);
            }
        }
        catch (Exception e)
        {
            HostLog.ReloadFailed(log, e);
        }

        systemd.Ready("running");
    }

    private ServiceProvider BuildServices(LogSink sink, RecentProblems problems, LoggingOptions logging)
    {
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddLogging(builder =>
        {
            builder.SetMinimumLevel(logging.Level);
            builder.AddProvider(new LineLoggerProvider(sink, logging.Format, problems, _time));

            // The frameworks' own start and stop lines say nothing that ours don't.
            builder.AddFilter("Microsoft", logging.Level > LogLevel.Warning ? logging.Level : LogLevel.Warning);
            builder.AddFilter("System", logging.Level > LogLevel.Warning ? logging.Level : LogLevel.Warning);
            builder.AddFilter("Yarp", logging.Level > LogLevel.Warning ? logging.Level : LogLevel.Warning);

            // What it says of each request that fails stands in the access log too, and an outage is warned of once.
            builder.AddFilter("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.Error);
        });
        return services.BuildServiceProvider();
    }
}
