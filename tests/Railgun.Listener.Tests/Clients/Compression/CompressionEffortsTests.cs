using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Railgun.Hosting.Configuration;
using Railgun.Listener.Clients.Compression;
using Railgun.Listener.Startup;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Transport;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Clients.Compression;

/// <summary>How long bodies are worked on for clients on fast and slow lines.</summary>
internal sealed class CompressionEffortsTests
{
    [TestCase(14_600, 20_000, 700_000, CompressionEffort.Usual, TestName = "A first window over 20 ms")]
    [TestCase(14_600, 5_000, 0, CompressionEffort.Usual, TestName = "A first window of which nothing has arrived yet")]
    [TestCase(14_600, 5_000, 870_000, CompressionEffort.Usual, TestName = "A first window over 5 ms of 10 Mbit/s")]
    [TestCase(275_000, 20_000, 1_250_000, CompressionEffort.Usual, TestName = "A window that has grown into a deep queue before 10 Mbit/s")]
    [TestCase(100_000, 20_000, 4_500_000, CompressionEffort.Less, TestName = "A window that has grown on 40 Mbit/s")]
    [TestCase(1_000_000, 20_000, 40_000_000, CompressionEffort.Least, TestName = "A window that has grown on a fast line")]
    [TestCase(14_600, 20_000, 40_000_000, CompressionEffort.Usual, TestName = "A fast line whose window begins anew after silence")]
    [TestCase(14_600, 200, 20_000_000, CompressionEffort.Least, TestName = "A first window in the same building")]
    [TestCase(0, 200, 20_000_000, CompressionEffort.Usual, TestName = "No window known")]
    [TestCase(14_600, 0, 20_000_000, CompressionEffort.Usual, TestName = "No round trip known")]
    public void The_faster_the_line_the_less_work_is_worth_its_time(long window, int microseconds, long delivery, CompressionEffort effort) =>
        Assert.That(CompressionEfforts.For(new TcpRates(delivery, ByLine: true, 0, window, TimeSpan.FromMicroseconds(microseconds), TimeSpan.FromMicroseconds(microseconds))), Is.EqualTo(effort));

    [Test]
    [Platform("Linux")]
    public async Task The_kernel_tells_the_round_trip_of_a_connection()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listening.LocalEndPoint!);
        using Socket server = await listening.AcceptAsync();
        await server.SendAsync(new byte[1000]);
        Assert.That(await client.ReceiveAsync(new byte[1000]), Is.Positive);
        Assert.That(new TcpTuning(server).Rates().RoundTrip, Is.GreaterThan(TimeSpan.Zero).And.LessThan(TimeSpan.FromSeconds(1)));
    }

    [Test]
    [Platform("Linux")]
    public async Task A_client_s_connection_is_measured_and_a_balancer_s_is_not([Values] bool balanced)
    {
        var options = new ListenerOptions();
        options.Http.Add(new ListenAddress(IPAddress.Loopback, 0));
        options.ProxyProtocol.From = balanced ? ["127.0.0.1"] : [];
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Endpoints.Apply(kestrel, options, null, TimeProvider.System));
        await using WebApplication app = builder.Build();
        var efforts = new CompressionEfforts(new ForwardedOptions());
        app.Run(http => http.Response.WriteAsync($"{CompressionEfforts.RatesOf(http).RoundTrip > TimeSpan.Zero}: {efforts.For(http)} effort"));
        await app.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
        await client.SendAsync((balanced ? "PROXY TCP4 198.51.100.7 198.51.100.1 1 2\r\n" : "") + "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        Assert.That(await client.ReadUntilAsync(" effort"), Does.Contain(balanced ? "\nFalse: Usual effort" : "\nTrue: "));
    }

    [Test]
    [Platform("Linux")]
    public async Task A_fast_connection_that_a_trusted_proxy_brings_says_nothing_of_its_clients([Values] bool trusted)
    {
        var options = new ListenerOptions();
        options.Http.Add(new ListenAddress(IPAddress.Loopback, 0));
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Endpoints.Apply(kestrel, options, null, TimeProvider.System));
        await using WebApplication app = builder.Build();
        var efforts = new CompressionEfforts(new ForwardedOptions { Trusted = trusted ? ["127.0.0.0/8"] : ["192.0.2.0/24"] });
        byte[] large = new byte[4_000_000];
        app.Run(http => http.Request.Path == "/large" ? http.Response.Body.WriteAsync(large).AsTask() : http.Response.WriteAsync($"{efforts.For(http)} effort"));
        await app.StartAsync();
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1 };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

        // One connection: what it carries first makes it known as fast, at once or, on a machine that has other work, after a few times.
        var told = new List<string>();
        for (int times = 0; times < (trusted ? 3 : 30) && told.LastOrDefault() is null or "Usual effort"; times++)
        {
            await client.GetByteArrayAsync("/large");
            told.Add(await client.GetStringAsync("/"));
        }

        Assert.That(told, trusted ? Is.All.EqualTo("Usual effort") : Has.Some.EqualTo("Least effort").Or.Some.EqualTo("Less effort"));
    }

    [Test]
    public void Every_effort_gives_the_same_body([Values] CompressionEffort effort, [Values("br", "zstd", "gzip")] string coding)
    {
        byte[] page = new PageMaker(9).First(300);
        var output = new PooledOutput();
        using (IBodyCompressor compressor = BodyCompressors.Create(AcceptEncoding.Choose(coding), page.Length, effort))
        {
            compressor.Write(page.AsSpan(0, 1000), output);
            compressor.Flush(output);
            compressor.Write(page.AsSpan(1000), output);
            compressor.Finish(output);
        }

        byte[] coded = new byte[output.Available];
        output.Take(coded);
        output.Release();
        Assert.That(CompressionTests.Decode(coding, coded), Is.EqualTo(page));
    }
}
