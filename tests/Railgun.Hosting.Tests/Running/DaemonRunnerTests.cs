using System.Net;
using System.Text.Json;
using Railgun.Hosting.Admin;
using Railgun.Hosting.Commands;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Running;
using Railgun.Protocol.Identity;

namespace Railgun.Hosting.Tests.Running;

/// <summary>A whole run around a daemon that does nothing, with a real admin endpoint.</summary>
internal sealed class DaemonRunnerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private ScratchDirectory _scratch = null!;
    private MemoryStream _logs = null!;
    private StringWriter _error = null!;
    private StopSignals _signals = null!;
    private FakeDaemon _daemon = null!;
    private readonly List<FlagValue> _flags = [];

    [SetUp]
    public void MakeSurroundings()
    {
        _scratch = new ScratchDirectory();
        _logs = new MemoryStream();
        _error = new StringWriter();
        _signals = new StopSignals();
        _flags.Clear();
        _flags.Add(new FlagValue("--state", "state", [_scratch["state"]], false));
        _flags.Add(new FlagValue("--admin", "admin.endpoint", ["127.0.0.1:0"], false));
        _flags.Add(new FlagValue("--origin", "origin", ["http://127.0.0.1:8080"], false));
    }

    [TearDown]
    public void Remove()
    {
        _signals.Dispose();
        _error.Dispose();
        _scratch.Dispose();
    }

    [OneTimeTearDown]
    public void DisposeClient() => _http.Dispose();

    [Test]
    public async Task It_starts_answers_drains_and_ends()
    {
        Task<int> run = await StartAsync();
        Uri admin = Admin();
        Assert.That(await _http.GetStringAsync(new Uri(admin, "/livez")), Is.EqualTo("ok\n"));
        using (HttpResponseMessage notReady = await _http.GetAsync(new Uri(admin, "/ready")))
        {
            Assert.That(notReady.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(await notReady.Content.ReadAsStringAsync(), Is.EqualTo("no live lane\n"));
        }

        _daemon.HasLiveLane = true;
        Assert.That(await _http.GetStringAsync(new Uri(admin, "/ready")), Is.EqualTo("a lane is live\n"));

        _signals.RequestStop("SIGTERM");
        Assert.That(await run.WaitAsync(Patience), Is.EqualTo(ExitCode.Success));
        Assert.That(_daemon.Calls, Is.EqualTo(new[] { "start", "drain 30", "dispose" }));
    }

    [Test]
    public async Task The_first_lines_say_who_it_is_where_it_listens_and_what_to_do_if_nobody_is_trusted()
    {
        Task<int> run = await StartAsync();
        _signals.RequestStop("SIGTERM");
        await run.WaitAsync(Patience);
        Assert.That(Logs(), Does.Contain(_daemon.Context.Identity.Fingerprint.ToString()).And.Contain("origin: http://127.0.0.1:8080"));
        Assert.That(Logs(), Does.Contain($"Run on the other side: railgun-listener trust {_daemon.Context.Identity.Fingerprint} --name "));
    }

    [Test]
    public async Task A_peer_trusted_while_it_runs_is_known_at_once_and_logged()
    {
        Task<int> run = await StartAsync();
        string fingerprint = "SHA256:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        Assert.That(Fingerprint.TryParse(fingerprint, out Fingerprint key), Is.True);
        TrustedPeers.In(_scratch["state"]).Add(key, "edge");
        Assert.That(_daemon.Context.Peers.TryFind(key, out _), Is.True);
        _signals.RequestStop("SIGTERM");
        await run.WaitAsync(Patience);
        Assert.That(Logs(), Does.Contain($"edge is trusted now: {fingerprint}"));
    }

    [Test]
    public async Task SIGHUP_reloads_a_configuration_without_mistakes_and_keeps_the_old_one_otherwise()
    {
        File.WriteAllText(_scratch["railgun.json"], """{ "section": { "count": 1 } }""");
        Task<int> run = await StartAsync();
        File.WriteAllText(_scratch["railgun.json"], """{ "section": { "count": 2 } }""");
        _signals.RequestReload();
        File.WriteAllText(_scratch["railgun.json"], """{ "section": { "cuont": 3 } }""");
        _signals.RequestReload();
        _signals.RequestStop("SIGTERM");
        await run.WaitAsync(Patience);
        Assert.That(_daemon.Calls, Is.EqualTo(new[] { "start", "reload 2", "drain 30", "dispose" }));
        Assert.That(Logs(), Does.Contain("did you mean section.count?"));
    }

    [Test]
    public async Task While_it_drains_it_is_alive_but_not_ready_and_a_second_signal_ends_it()
    {
        Task<int> run = await StartAsync();
        _daemon.HasLiveLane = true;
        var draining = new TaskCompletionSource();
        _daemon.Drain = async force =>
        {
            draining.SetResult();
            await Task.Delay(Timeout.Infinite, force).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        Uri admin = Admin();
        _signals.RequestStop("SIGTERM");
        await draining.Task.WaitAsync(Patience);
        using (HttpResponseMessage ready = await _http.GetAsync(new Uri(admin, "/ready")))
        {
            Assert.That(await ready.Content.ReadAsStringAsync(), Is.EqualTo("draining\n"));
        }

        Assert.That(await _http.GetStringAsync(new Uri(admin, "/livez")), Is.EqualTo("ok\n"));
        _signals.RequestStop("SIGTERM");
        Assert.That(await run.WaitAsync(Patience), Is.EqualTo(ExitCode.Success));
    }

    [Test]
    public async Task A_start_that_fails_says_why_without_a_stack()
    {
        int code = await Run(daemon => daemon.StartFailure = new StartupException("Port 80 is taken. Give another with --http.")).WaitAsync(Patience);
        Assert.That(code, Is.EqualTo(ExitCode.Failure));
        Assert.That(_error.ToString().Trim(), Is.EqualTo("railgun-sender can't start. Port 80 is taken. Give another with --http."));
        Assert.That(_daemon.Calls, Does.Contain("dispose"));
    }

    [Test]
    public async Task An_unforeseen_failure_is_logged_and_ends_it()
    {
        int code = await Run(daemon => daemon.StartFailure = new InvalidOperationException("Unforeseen.")).WaitAsync(Patience);
        Assert.That(code, Is.EqualTo(ExitCode.Failure));
        Assert.That(Logs(), Does.Contain("critical").And.Contain("InvalidOperationException: Unforeseen."));
    }

    [Test]
    public async Task An_admin_port_that_is_taken_is_said()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        _flags.Add(new FlagValue("--admin", "admin.endpoint", [taken.LocalEndpoint.ToString()!], false));
        Assert.That(await Run().WaitAsync(Patience), Is.EqualTo(ExitCode.Failure));
        Assert.That(_error.ToString(), Does.Contain($"{taken.LocalEndpoint}").And.Contain("--admin"));
    }

    [Test]
    public async Task Status_tells_peers_stores_exchanges_and_problems()
    {
        Task<int> run = await StartAsync();
        DateTimeOffset since = TimeProvider.System.GetUtcNow();
        _daemon.Status = new DaemonStatus(
            [
                new PeerStatus("edge", "SHA256:x", true, since, 100, 200, [new LaneStatus(1, "192.0.2.1:2408", true, 150.0, 3, 100, 200, since, 1_250_000, 4 << 20, "bbr")]),
                new PeerStatus("old", "SHA256:y", false, null, 0, 0, []),
            ],
            [new StoreStatus("origin", 5, 1000, 100, 0, 2000, 1)]);
        Uri admin = Admin();
        using JsonDocument json = JsonDocument.Parse(await _http.GetStringAsync(new Uri(admin, "/status")));
        Assert.That(json.RootElement.GetProperty("peers")[0].GetProperty("lanes")[0].GetProperty("roundTripMs").GetDouble(), Is.EqualTo(150.0));
        Assert.That(json.RootElement.GetProperty("stores")[0].GetProperty("capacityBytes").GetInt64(), Is.EqualTo(2000));
        Assert.That(json.RootElement.GetProperty("lastProblems")[0].GetProperty("message").GetString(), Does.Contain("No peer is trusted yet"));

        using var table = new StringWriter();
        using var error = new StringWriter();
        int code = await new CommandTree<FakeOptions>(FakeDaemon.Describe(), table, error).InvokeAsync(["status", "--admin", admin.Authority]);
        Assert.That(code, Is.Zero, error.ToString());
        Assert.That(table.ToString(), Does.Contain("to 192.0.2.1:2408").And.Contain("150.0").And.Contain("origin").And.Contain("old").And.Contain("No peer is trusted yet"));

        string metrics = await _http.GetStringAsync(new Uri(admin, "/metrics"));
        Assert.That(metrics, Does.Contain("railgun_link_bytes_total{direction=\"down\",peer=\"edge\"} 200\n"));
        Assert.That(metrics, Does.Contain("railgun_link_round_trip_seconds{peer=\"edge\"} 0.15\n").And.Not.Contain("round_trip_seconds{peer=\"old\"}"));
        Assert.That(metrics, Does.Contain("railgun_link_delivery_rate_bytes_per_second{peer=\"edge\"} 1250000\n"));
        Assert.That(metrics, Does.Contain("railgun_store_evictions_total{store=\"origin\"} 1\n").And.Contain("railgun_ready 0\n"));
        _signals.RequestStop("SIGTERM");
        await run.WaitAsync(Patience);
    }

    private async Task<Task<int>> StartAsync()
    {
        Task<int> run = Run();
        await Task.WhenAny(run, Task.Run(async () =>
        {
            while (_daemon is null || !Logs().Contains("admin: http", StringComparison.Ordinal))
            {
                await Task.Delay(5);
            }

            await _daemon.Started.Task;
        })).WaitAsync(Patience);
        Assert.That(run.IsCompleted, Is.False, _error.ToString() + Logs());
        return run;
    }

    private Task<int> Run(Action<FakeDaemon>? prepare = null)
    {
        Hosting.Running.DaemonDescription<FakeOptions> description = FakeDaemon.Describe(context =>
        {
            _daemon = new FakeDaemon(context);
            prepare?.Invoke(_daemon);
            return _daemon;
        });
        string? file = File.Exists(_scratch["railgun.json"]) ? _scratch["railgun.json"] : null;
        LoadedConfiguration<FakeOptions> Load() =>
            ConfigurationLoader.Load(description, new ConfigurationInput(file, _scratch["none.json"], new Dictionary<string, string>(), _flags));
        LoadedConfiguration<FakeOptions> loaded = Load();
        Assert.That(loaded.Mistakes, Is.Empty);
        var surroundings = new RunSurroundings(Stream.Synchronized(_logs), _error, _signals, new Dictionary<string, string>());
        return new DaemonRunner<FakeOptions>(description, loaded, Load, surroundings).RunAsync();
    }

    private string Logs() => System.Text.Encoding.UTF8.GetString(_logs.ToArray());

    private Uri Admin()
    {
        string logs = Logs();
        int start = logs.IndexOf("admin: http", StringComparison.Ordinal) + "admin: ".Length;
        return new Uri(logs[start..logs.IndexOf('\n', start)]);
    }
}
