using System.Buffers.Text;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Options;
using Railgun.Listener.Clients;
using Railgun.Listener.Rebuilding;
using Railgun.Listener.Startup;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Tests.Support;

/// <summary>The listener's whole web application on loopback, in front of senders that a test plays.</summary>
internal sealed class EdgeListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MemoryStream _log = new();
    private readonly LogSink _sink;
    private readonly string _state;

    private EdgeListener(WebApplication app, LogSink sink, MemoryStream log, FakeSenders senders, VersionStore store, TrustedPeers peers, string state)
    {
        (_app, _sink, _log, Senders, Store, Peers, _state) = (app, sink, log, senders, store, peers, state);
        Endpoint = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseCookies = false }) { BaseAddress = Endpoint, Timeout = Patience.Limit };
    }

    public FakeSenders Senders { get; }

    public VersionStore Store { get; }

    public TrustedPeers Peers { get; }

    public Uri Endpoint { get; }

    public HttpClient Client { get; }

    public static async Task<EdgeListener> StartAsync(Action<ListenerOptions>? configure = null, string? routes = null)
    {
        var options = new ListenerOptions();
        configure?.Invoke(options);
        if (options.Http.Count + options.Https.Count + options.H2c.Count == 0)
        {
            options.Http.Add(new ListenAddress(IPAddress.Loopback, 0));
        }

        string state = Directory.CreateTempSubdirectory("railgun-listener-tests-").FullName;
        var peers = TrustedPeers.In(state);
        peers.Add(KeyOf("shop"), "shop");
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = state });
        builder.Services.AddMetrics();
        builder.Services.AddLogging();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Apply(kestrel, options.Clients);
            Endpoints.Apply(kestrel, options, options.Https.Count > 0 ? new ClientCertificate(options.Tls.Certificate!, options.Tls.Key) : null, TimeProvider.System);
        });
        var log = new MemoryStream();
        var sink = new LogSink(log, LogFormat.Json);
        var senders = new FakeSenders();
        var store = new VersionStore(new VersionStoreOptions());
        var meters = new OwnMeters();
        var access = new AccessLog(sink, LogFormat.Json, meters, TimeProvider.System);
        RoutesSection? section = routes is null ? null : new RoutesSection(
            new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(routes))).Build());
        ListenerServices.Add(builder.Services, options, new ListenerParts(access, senders, store, peers, section));
        builder.Services.AddSingleton(TimeProvider.System);
        WebApplication app = builder.Build();
        ListenerServices.Use(app);
        await app.StartAsync();
        return new EdgeListener(app, sink, log, senders, store, peers, state);
    }

    /// <summary>A fingerprint, made of a name.</summary>
    public static Fingerprint KeyOf(string name) =>
        Fingerprint.TryParse($"SHA256:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}", out Fingerprint key)
            ? key
            : throw new InvalidOperationException("The text form of fingerprints has changed.");

    /// <summary>The access log's lines, once there are <paramref name="count"/>.</summary>
    public async Task<JsonElement[]> AccessAsync(int count = 1)
    {
        string[] lines = [];
        await Patience.UntilAsync(() => (lines = Lines()).Length >= count, $"{count} lines in the access log");
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>What every body is rebuilt with here.</summary>
    public RebuildingTools Tools => _app.Services.GetRequiredService<RebuildingTools>();

    /// <summary>Every buffer that came off the link has been given back.</summary>
    public static Task NothingIsHeldAsync() => Patience.UntilAsync(() => PayloadLedger.Count == 0, "all payloads given back");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _sink.Dispose();
        Store.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    private string[] Lines()
    {
        _sink.Flush();
        lock (_log)
        {
            return Encoding.UTF8.GetString(_log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    private sealed class OwnMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
