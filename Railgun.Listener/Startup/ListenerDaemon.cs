using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Railgun.Hosting.Admin;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Links;
using Railgun.Hosting.Running;
using Railgun.Listener.Clients;
using Railgun.Listener.Senders;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;
using LinkOptions = Railgun.Hosting.Options.LinkOptions;

namespace Railgun.Listener.Startup;

/// <summary>The listener as a whole: the links behind, the web application in front, the store between.</summary>
internal sealed partial class ListenerDaemon : IDaemon<ListenerOptions>
{
    /// <summary>So many answers of one page may be coded against one that came just before; they take the store's spare room only.</summary>
    private const int VersionsPerPage = 64;

    private readonly DaemonContext<ListenerOptions> _context;
    private readonly ILogger _logger;
    private readonly VersionStore _store;
    private readonly LinkHub _hub;
    private readonly LinkStatus _links;
    private readonly LinkSenders _senders;
    private RoutesSection? _routes;
    private ClientCertificate? _certificate;
    private WebApplication? _app;

    /// <summary>Makes the listener; nothing is opened yet.</summary>
    public ListenerDaemon(DaemonContext<ListenerOptions> context)
    {
        _context = context;
        _logger = context.Loggers.CreateLogger<ListenerDaemon>();
        _store = new VersionStore(new VersionStoreOptions { CapacityBytes = context.Options.Store.Capacity.Bytes, VersionsPerPage = VersionsPerPage });
        var news = new LinkNews(context.Loggers.CreateLogger<LinkNews>(), context.Time);
        _hub = new LinkHub(LinkSetup.Of(context, LinkRole.Listener), handler: null, news);
        _senders = new LinkSenders(_hub, context.Peers, news);
        _links = new LinkStatus(context.Peers, _hub, news, context.Time);
    }

    /// <inheritdoc/>
    public bool HasLiveLane => _links.HasLiveLane;

    /// <inheritdoc/>
    public bool HasFallback => _context.Options.Direct is not null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> StartAsync(CancellationToken cancellation)
    {
        List<string> opened = [.. OpenLinks()];
        _app = BuildApplication();
        try
        {
            await _app.StartAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException or AggregateException or InvalidOperationException)
        {
            throw new StartupException($"clients can't be served: {e.Message}", e);
        }

        foreach (string address in _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
        {
            opened.Add($"clients: {address}");
        }

        return opened;
    }

    /// <inheritdoc/>
    public void Reload(ListenerOptions options, IConfigurationRoot configuration)
    {
        try
        {
            _certificate?.Reload(options.Tls.Certificate!, options.Tls.Key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentNullException)
        {
            LogCertificateKept(e.Message);
        }

        if (RoutesSection.IsIn(configuration) == (_routes is not null))
        {
            _routes?.Replace(configuration);
        }
        else
        {
            LogRoutesKept();
        }
    }

    /// <inheritdoc/>
    public async Task DrainAsync(TimeSpan grace, CancellationToken force)
    {
        long start = _context.Time.GetTimestamp();
        using var within = CancellationTokenSource.CreateLinkedTokenSource(force);
        within.CancelAfter(grace);
        if (_app is not null)
        {
            // Requests end first, then the lanes that carry them.
            await StopClientsAsync(_app, within.Token);
        }

        TimeSpan left = grace - _context.Time.GetElapsedTime(start);
        await _hub.DrainAsync(left > TimeSpan.Zero && !force.IsCancellationRequested ? left : TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public DaemonStatus GetStatus()
    {
        StoreSnapshot held = _store.Snapshot();
        return new DaemonStatus(
            _links.Peers(),
            [new StoreStatus("senders", held.Versions, held.Bytes, held.IndexBytes, held.PinnedBytes, held.CapacityBytes, held.Evictions)]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await _hub.DisposeAsync();
        _store.Dispose();
    }

    private static async Task StopClientsAsync(WebApplication app, CancellationToken within)
    {
        try
        {
            await app.StopAsync(within);
        }
        catch (OperationCanceledException)
        {
            // The grace is over: what is left breaks.
        }
    }

    private IEnumerable<string> OpenLinks()
    {
        LinkOptions link = _context.Options.Link;
        List<ListenAddress> listen = link.Listen.Count > 0 || link.Dial.Count > 0 ? link.Listen : [new ListenAddress(IPAddress.Any, LinkOptions.DefaultPort)];
        foreach (ListenAddress address in listen)
        {
            yield return $"link: {Listen(address)}";
        }

        foreach (HostPort sender in link.Dial)
        {
            _hub.Dial(sender.Host, sender.Port);
            yield return $"link: dials {sender}";
        }
    }

    private IPEndPoint Listen(ListenAddress address)
    {
        try
        {
            return _hub.Listen(address.ToEndPoint());
        }
        catch (SocketException e)
        {
            throw new StartupException($"lanes can't be accepted on {address}: {e.Message}; free the port, or write another with --link", e);
        }
    }

    private WebApplication BuildApplication()
    {
        ListenerOptions options = _context.Options;
        _routes = RoutesSection.IsIn(_context.Configuration) ? new RoutesSection(_context.Configuration) : null;
        _certificate = options.Https.Count > 0 ? ReadCertificate(options.Tls) : null;
        WebApplicationBuilder builder = _context.CreateWebApplication();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Apply(kestrel, options.Clients);
            Endpoints.Apply(kestrel, options, _certificate, _context.Time);
        });

        // The host of this daemon says how long a stop may take.
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        ListenerServices.Add(builder.Services, options, new ListenerParts(_context.Access, _senders, _store, _context.Peers, _routes));
        WebApplication app = builder.Build();
        ListenerServices.Use(app);
        return app;
    }

    private static ClientCertificate ReadCertificate(TlsOptions tls)
    {
        try
        {
            return new ClientCertificate(tls.Certificate!, tls.Key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"the certificate of tls.certificate can't be used: {e.Message}", e);
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "the client certificate was not reloaded, the one before stays: {Cause}")]
    private partial void LogCertificateKept(string cause);

    [LoggerMessage(11, LogLevel.Warning, "the routes stay as they are: from none to a section ReverseProxy, and back, takes a restart")]
    private partial void LogRoutesKept();
}
