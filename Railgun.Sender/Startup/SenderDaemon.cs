using Railgun.Hosting.Admin;
using Railgun.Hosting.Links;
using Railgun.Hosting.Running;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;
using Railgun.Sender.Coding;
using Railgun.Sender.Exchanges;
using Railgun.Sender.Listeners;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Startup;

/// <summary>The sender as a whole: the links in front, the origin behind, the store between.</summary>
internal sealed class SenderDaemon : IDaemon<SenderOptions>
{
    /// <summary>So many views of one page may be on the line at once and still find their base; they take the store's spare room only.</summary>
    private const int VersionsPerPage = 64;

    private readonly DaemonContext<SenderOptions> _context;
    private readonly OriginAddress _address;
    private readonly VersionStore _store;
    private readonly Coders _coders;
    private readonly IOrigin _origin;
    private readonly LinkHub _hub;
    private readonly LinkStatus _links;

    /// <summary>Makes the sender; nothing is opened yet.</summary>
    public SenderDaemon(DaemonContext<SenderOptions> context)
    {
        _context = context;
        SenderOptions options = context.Options;
        _address = OriginAddress.TryParse(options.Origin.Url, out OriginAddress? address)
            ? address
            : throw new StartupException("origin.url names no origin");
        _store = new VersionStore(new VersionStoreOptions { CapacityBytes = options.Store.Capacity.Bytes, VersionsPerPage = VersionsPerPage });
        _coders = new Coders(options.Coding, context.Time);
        _origin = Origins.Make(_address, options.Origin, context.Time);
        LinkNews news = new(context.Loggers.CreateLogger<LinkNews>(), context.Time);
        _hub = new LinkHub(LinkSetup.Of(context, LinkRole.Sender), MakeHandler(), news);
        _links = new LinkStatus(context.Peers, _hub, news, context.Time);
    }

    /// <inheritdoc/>
    public bool HasLiveLane => _links.HasLiveLane;

    /// <inheritdoc/>
    public bool HasFallback => false;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> StartAsync(CancellationToken cancellation)
    {
        List<string> opened = [$"origin: {_context.Options.Origin.Url}"];
        ListenerLinks.Open(_hub, _context.Options.Link, opened);
        return Task.FromResult<IReadOnlyList<string>>(opened);
    }

    /// <inheritdoc/>
    public void Reload(SenderOptions options, IConfigurationRoot configuration)
    {
        // Trusted peers are watched by the host; all else needs a restart, which costs each listener one full body a page.
    }

    /// <inheritdoc/>
    public async Task DrainAsync(TimeSpan grace, CancellationToken force)
    {
        Task drained = _hub.DrainAsync(grace);
        await Task.WhenAny(drained, Task.Delay(Timeout.InfiniteTimeSpan, _context.Time, force));
    }

    /// <inheritdoc/>
    public DaemonStatus GetStatus()
    {
        StoreSnapshot held = _store.Snapshot();
        return new DaemonStatus(
            _links.Peers(),
            [new StoreStatus("origin", held.Versions, held.Bytes, held.IndexBytes, held.PinnedBytes, held.CapacityBytes, held.Evictions)]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _origin.Dispose();
        _coders.Dispose();
        _store.Dispose();
    }

    private ExchangeHandler MakeHandler()
    {
        SenderOptions options = _context.Options;
        CodingTools tools = new(_store, new CredentialRules(options.Credentials.ToOptions()), _coders, options.Coding, _context.Time);
        OriginHealth health = new(_context.Loggers.CreateLogger<OriginHealth>(), _context.Time);
        return new ExchangeHandler(_origin, tools, health, _context.Access, options.Limits, _context.Loggers.CreateLogger<ExchangeHandler>());
    }
}
