using System.Net;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Railgun.Hosting.Admin;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Metrics;
using Railgun.Hosting.Options;
using Railgun.Hosting.Running;

namespace Railgun.Hosting.Tests.Admin;

internal sealed class AdminEndpointTests
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private ServiceProvider _services = null!;
    private MetricCollector _metrics = null!;
    private AdminEndpoint _endpoint = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        IMeterFactory meters = _services.GetRequiredService<IMeterFactory>();
        _metrics = new MetricCollector(MetricCollector.IsOurs);
        var access = new AccessLog(null, LogFormat.Text, meters, TimeProvider.System);
        var state = new DaemonState("railgun-sender", "1", default, access, new RecentProblems(), TimeProvider.System);
        _endpoint = await AdminEndpoint.StartAsync(
            WebHosting.CreateBuilder(NullLoggerFactory.Instance, meters, TimeProvider.System, null), new ListenAddress(IPAddress.Loopback, 0), state, _metrics, default);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _endpoint.DisposeAsync();
        _metrics.Dispose();
        await _services.DisposeAsync();
        _http.Dispose();
    }

    [TestCase("/livez", 200, "text/plain")]
    [TestCase("/ready", 503, "text/plain")]
    [TestCase("/status", 200, "application/json")]
    [TestCase("/metrics", 200, "text/plain")]
    [TestCase("/", 404, "text/plain")]
    [TestCase("/livez/", 404, "text/plain")]
    public async Task Each_path_has_its_answer(string path, int status, string type)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, path, null);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
        Assert.That(answer.Headers.CacheControl!.NoStore, Is.True);
    }

    [TestCase("localhost", 200)]
    [TestCase("LOCALHOST:80", 200)]
    [TestCase("127.0.0.1:2410", 200)]
    [TestCase("[::1]", 200)]
    [TestCase("192.0.2.7:2410", 200)]
    [TestCase("attacker.example", 421)]
    [TestCase("localhost.attacker.example", 421)]
    [TestCase("127.0.0.1.attacker.example", 421)]
    public async Task Only_addresses_and_localhost_are_answered_for(string host, int status)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, "/status", host);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public void An_address_that_cannot_be_had_is_told_without_a_stack()
    {
        var state = new DaemonState(
            "railgun-sender", "1", default, new AccessLog(null, LogFormat.Text, _services.GetRequiredService<IMeterFactory>(), TimeProvider.System),
            new RecentProblems(), TimeProvider.System);
        Assert.That(
            async () => await AdminEndpoint.StartAsync(
                WebHosting.CreateBuilder(NullLoggerFactory.Instance, _services.GetRequiredService<IMeterFactory>(), TimeProvider.System, null),
                new ListenAddress(IPAddress.Parse("192.0.2.1"), 2410), state, _metrics, default),
            Throws.InstanceOf<StartupException>().With.Message.Contains("--admin"));
    }

    [Test]
    public async Task Nothing_can_be_sent_there()
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Post, "/status", null);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        using HttpResponseMessage head = await SendAsync(HttpMethod.Head, "/livez", null);
        Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_runtimes_metrics_are_there_too()
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, "/metrics", null);
        Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo(PrometheusText.ContentType));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\ndotnet_process_memory_working_set_bytes "));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? host)
    {
        using var request = new HttpRequestMessage(method, new Uri(new Uri(_endpoint.Url), path));
        request.Headers.Host = host;
        return await _http.SendAsync(request);
    }
}
