using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Options;
using Railgun.Hosting.Running;
using Railgun.Listener.Startup;
using Railgun.Protocol.Identity;

namespace Railgun.Listener.Tests.Startup;

/// <summary>The listener as its program drives it.</summary>
internal sealed class ListenerDaemonTests
{
    private const string Routes = """{ "ReverseProxy": { "Clusters": { "a": { "Destinations": { "d": { "Address": "http://shop.railgun/" } } } } } }""";

    private string _folder = null!;
    private ServiceProvider _services = null!;
    private NodeIdentity _identity = null!;
    private MemoryStream _log = null!;
    private LogSink _sink = null!;

    [SetUp]
    public void Prepare()
    {
        _folder = Directory.CreateTempSubdirectory("railgun-listener-daemon-").FullName;
        _identity = NodeIdentity.LoadOrCreate(_folder, "edge", TimeProvider.System);
        _log = new MemoryStream();
        _sink = new LogSink(_log, LogFormat.Json);
        _services = new ServiceCollection().AddMetrics()
            .AddLogging(logging => logging.AddProvider(new LineLoggerProvider(_sink, LogFormat.Json, new RecentProblems(), TimeProvider.System)))
            .BuildServiceProvider();
    }

    [TearDown]
    public void CleanUp()
    {
        _services.Dispose();
        _sink.Dispose();
        _log.Dispose();
        _identity.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task An_address_that_cannot_be_had_is_told_without_a_stack()
    {
        ListenerOptions options = Options();
        options.Http = [new ListenAddress(IPAddress.Parse("192.0.2.1"), 8080)];
        await using ListenerDaemon listener = Make(options, "{}");
        Assert.That(
            async () => await listener.StartAsync(default),
            Throws.InstanceOf<StartupException>().With.Message.Contains("clients can't be served"));
    }

    [Test]
    public async Task A_certificate_that_cannot_be_read_again_keeps_the_one_before()
    {
        ListenerOptions options = Options();
        options.Https = [new ListenAddress(IPAddress.Loopback, 0)];
        options.Tls.Certificate = Path.Combine(_folder, NodeIdentity.FileName);
        await using ListenerDaemon listener = Make(options, "{}");
        await listener.StartAsync(default);
        options.Tls.Certificate = _folder;
        listener.Reload(options, Configuration("{}"));
        Assert.That(Logged(), Does.Contain("the client certificate was not reloaded"));
    }

    [TestCase("{}", Routes)]
    [TestCase(Routes, "{}")]
    public async Task Routes_that_come_or_go_on_a_reload_wait_for_a_restart_and_that_is_said(string before, string now)
    {
        await using ListenerDaemon listener = Make(Options(), before);
        await listener.StartAsync(default);
        listener.Reload(Options(), Configuration(now));
        Assert.That(Logged(), Does.Contain("ReverseProxy").And.Contain("restart"));
    }

    [Test]
    public async Task Routes_are_replaced_on_a_reload_without_a_word()
    {
        await using ListenerDaemon listener = Make(Options(), Routes);
        await listener.StartAsync(default);
        listener.Reload(Options(), Configuration(Routes));
        Assert.That(Logged(), Does.Not.Contain("restart"));
    }

    private static ListenerOptions Options() => new()
    {
        Http = [new ListenAddress(IPAddress.Loopback, 0)],
        Link = { Listen = [new ListenAddress(IPAddress.Loopback, 0)] },
    };

    private static IConfigurationRoot Configuration(string json) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

    private ListenerDaemon Make(ListenerOptions options, string json) => new(new DaemonContext<ListenerOptions>
    {
        Options = options,
        Configuration = Configuration(json),
        StateDirectory = _folder,
        Identity = _identity,
        Peers = TrustedPeers.In(_folder),
        Loggers = _services.GetRequiredService<ILoggerFactory>(),
        Meters = _services.GetRequiredService<IMeterFactory>(),
        Access = new AccessLog(null, LogFormat.Json, _services.GetRequiredService<IMeterFactory>(), TimeProvider.System),
        Time = TimeProvider.System,
    });

    private string Logged()
    {
        _sink.Flush();
        return Encoding.UTF8.GetString(_log.ToArray());
    }
}
