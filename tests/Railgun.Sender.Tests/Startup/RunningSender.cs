using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Links;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Options;
using Railgun.Hosting.Running;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;
using Railgun.Sender.Startup;

namespace Railgun.Sender.Tests.Startup;

/// <summary>The sender as its program starts it, linked over TLS with a listener's hub in this process.</summary>
internal sealed class RunningSender : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("railgun-sender-").FullName;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddLogging().BuildServiceProvider();
    private readonly MemoryStream _lines = new();
    private readonly LogSink _sink;
    private readonly NodeIdentity _listenerIdentity;
    private readonly NodeIdentity _senderIdentity;
    private readonly LinkHub _listener;

    private RunningSender(int originPort)
    {
        _sink = new LogSink(_lines, LogFormat.Json);
        _listenerIdentity = NodeIdentity.LoadOrCreate(Path.Combine(_folder, "listener"), "edge", TimeProvider.System);
        _senderIdentity = NodeIdentity.LoadOrCreate(Path.Combine(_folder, "sender"), "shop", TimeProvider.System);
        TrustedPeers listenerPeers = TrustedPeers.In(Path.Combine(_folder, "listener"));
        TrustedPeers senderPeers = TrustedPeers.In(Path.Combine(_folder, "sender"));
        listenerPeers.Add(_senderIdentity.Fingerprint, "shop");
        senderPeers.Add(_listenerIdentity.Fingerprint, "edge");
        LinkNews news = new(_services.GetRequiredService<ILogger<LinkNews>>(), TimeProvider.System);
        _listener = new LinkHub(
            new LinkHubOptions
            {
                Role = LinkRole.Listener,
                Identity = _listenerIdentity,
                Peers = listenerPeers,
                Program = "railgun-listener",
                PeerProgram = "railgun-sender",
                Codecs = LinkSetup.AllCodecs,
                WaitForLane = TimeSpan.FromSeconds(20),
            },
            handler: null,
            news);
        IPEndPoint link = _listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        SenderOptions options = new();
        options.Origin.Url = $"http://127.0.0.1:{originPort}";
        options.Link.Dial.Add(new HostPort("127.0.0.1", link.Port));
        Daemon = new SenderDaemon(new DaemonContext<SenderOptions>
        {
            Options = options,
            Configuration = new ConfigurationBuilder().Build(),
            StateDirectory = Path.Combine(_folder, "sender"),
            Identity = _senderIdentity,
            Peers = senderPeers,
            Loggers = _services.GetRequiredService<ILoggerFactory>(),
            Meters = _services.GetRequiredService<IMeterFactory>(),
            Access = new AccessLog(_sink, LogFormat.Json, _services.GetRequiredService<IMeterFactory>(), TimeProvider.System),
            Time = TimeProvider.System,
        });
    }

    public SenderDaemon Daemon { get; }

    public IReadOnlyList<string> Opened { get; private set; } = [];

    public Link Link => _listener.Find("shop")!;

    public static async Task<RunningSender> StartAsync(int originPort)
    {
        RunningSender running = new(originPort);
        running.Opened = await running.Daemon.StartAsync(CancellationToken.None);
        for (int i = 0; i < 1000 && !(running.Daemon.HasLiveLane && running._listener.Find("shop") is { IsUp: true }); i++)
        {
            await Task.Delay(20);
        }

        return running;
    }

    /// <summary>The access log's lines, once there are so many.</summary>
    public async Task<JsonElement[]> LinesAsync(int count)
    {
        while (true)
        {
            _sink.Flush();
            string[] lines = Encoding.UTF8.GetString(_lines.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length >= count)
            {
                return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
            }

            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Daemon.DisposeAsync();
        await _listener.DisposeAsync();
        _sink.Dispose();
        _listenerIdentity.Dispose();
        _senderIdentity.Dispose();
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
