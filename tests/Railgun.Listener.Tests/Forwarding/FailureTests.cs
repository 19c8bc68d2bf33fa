using System.Net;
using System.Text;
using System.Text.Json;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Engine;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>Failures before the head, as clients see them.</summary>
internal sealed class FailureTests
{
    private static readonly Fault NoLane = new(Stage.Link, ResetCode.LaneLost, "no lane to shop", RequestUnsent: true);

    [Test]
    public async Task Without_a_lane_the_client_is_told_to_come_again()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Refusal = NoLane;
        using HttpResponseMessage response = await listener.Client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.That((int)response.StatusCode, Is.EqualTo(503));
        Assert.That(response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(response.Headers.GetValues("Railgun-Error"), Is.EqualTo(new[] { "stage=link, code=lane-lost" }));
        Assert.That(response.Headers.CacheControl!.NoStore);
        string body = await response.Content.ReadAsStringAsync();
        Assert.That(body, Is.EqualTo("link: no lane to shop\n(railgun-listener, exchange 0)\n"));
        JsonElement line = (await listener.AccessAsync())[0];
        Assert.That((line.GetProperty("status").GetInt32(), line.GetProperty("stage").GetString(), line.GetProperty("bodyBytes").GetInt64()), Is.EqualTo((503, "link", body.Length)));
    }

    [TestCase(Stage.Origin, ResetCode.TimedOut, 504)]
    [TestCase(Stage.Origin, ResetCode.OriginBroken, 502)]
    [TestCase(Stage.Sender, ResetCode.Internal, 502)]
    [TestCase(Stage.Link, ResetCode.LaneLost, 502)]
    [TestCase(Stage.Sender, ResetCode.Refused, 503)]
    public async Task A_fault_before_the_head_becomes_an_answer_that_names_it(Stage stage, ResetCode code, int status)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => exchange.SendFault(new Fault(stage, code, "because"));
        using HttpResponseMessage response = await listener.Client.PostAsync(new Uri("/", UriKind.Relative), new ByteArrayContent([1]));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith($"{stage.ToString().ToLowerInvariant()}: because\n"));
    }

    [Test]
    public async Task A_request_whose_lane_is_lost_is_sent_again_if_that_can_do_no_harm()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        Task<string> asked = listener.Client.GetStringAsync(new Uri("/", UriKind.Relative));
        (await listener.Senders.NextAsync()).SendFault(new Fault(Stage.Link, ResetCode.LaneLost, "lost"));
        (await listener.Senders.NextAsync()).Answer(200, "second lane");
        Assert.That(await asked, Is.EqualTo("second lane"));

        Task<HttpResponseMessage> posted = listener.Client.PostAsync(new Uri("/", UriKind.Relative), new ByteArrayContent([1]));
        (await listener.Senders.NextAsync()).SendFault(new Fault(Stage.Link, ResetCode.LaneLost, "lost"));
        using HttpResponseMessage response = await posted;
        Assert.That((int)response.StatusCode, Is.EqualTo(502));
    }

    [Test]
    public async Task Without_a_lane_the_direct_origin_gets_the_request_as_it_was()
    {
        using var origin = new HttpListener();
        int port = FreePort();
        origin.Prefixes.Add($"http://127.0.0.1:{port}/");
        origin.Start();
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.Direct = new Uri($"http://127.0.0.1:{port}/base/"));
        listener.Senders.Refusal = NoLane;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/a%2Fb?x=1") { Content = new StringContent("question") };
        Task<HttpResponseMessage> asked = listener.Client.SendAsync(request);
        HttpListenerContext context = await origin.GetContextAsync().WaitAsync(Patience.Limit);
        Assert.That(context.Request.RawUrl, Is.EqualTo("/base/a%2Fb?x=1"));
        Assert.That(context.Request.UserHostName, Is.EqualTo(listener.Endpoint.Authority));
        Assert.That(await new StreamReader(context.Request.InputStream).ReadToEndAsync(), Is.EqualTo("question"));
        context.Response.AddHeader("X-From", "origin");
        context.Response.AddHeader("Railgun-Error", "stage=link, code=lane-lost");
        context.Response.Close(Encoding.ASCII.GetBytes("answer"), willBlock: true);
        using HttpResponseMessage response = await asked;
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("answer"));
        Assert.That(response.Headers.GetValues("X-From"), Is.EqualTo(new[] { "origin" }));
        Assert.That(response.Headers.Contains("Railgun-Error"), Is.False, "Only answers of ours can have it.");
        JsonElement line = (await listener.AccessAsync())[0];
        Assert.That((line.GetProperty("bodyBytes").GetInt64(), line.GetProperty("noBase").GetString()), Is.EqualTo((6, "no-link")));
    }

    [Test]
    public async Task The_direct_origin_gets_its_own_tag_and_the_client_keeps_the_one_it_holds()
    {
        using var origin = new HttpListener();
        int port = FreePort();
        origin.Prefixes.Add($"http://127.0.0.1:{port}/");
        origin.Start();
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.Direct = new Uri($"http://127.0.0.1:{port}"));
        listener.Senders.Refusal = NoLane;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("If-None-Match", "W/\"a-railgun\", W/\"b\"");
        Task<HttpResponseMessage> asked = listener.Client.SendAsync(request);
        HttpListenerContext context = await origin.GetContextAsync().WaitAsync(Patience.Limit);
        Assert.That(context.Request.Headers["If-None-Match"], Is.EqualTo("\"a\", W/\"b\""));
        context.Response.StatusCode = 304;
        context.Response.AddHeader("ETag", "\"a\"");
        context.Response.Close();
        using HttpResponseMessage response = await asked;
        Assert.That((int)response.StatusCode, Is.EqualTo(304));
        Assert.That(response.Headers.GetValues("ETag"), Is.EqualTo(new[] { "W/\"a-railgun\"" }));
        Assert.That(response.Headers.Vary, Is.EqualTo(new[] { "Accept-Encoding" }));
    }

    [Test]
    public async Task What_the_origin_did_is_never_asked_of_it_directly()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.Direct = new Uri($"http://127.0.0.1:{FreePort()}"));
        listener.Senders.Handler = exchange => exchange.SendFault(new Fault(Stage.Origin, ResetCode.TimedOut, "no answer in 30 s"));
        using HttpResponseMessage response = await listener.Client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.That((int)response.StatusCode, Is.EqualTo(504));
    }

    [Test]
    public async Task A_host_without_a_route_is_told_so()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: """
            { "ReverseProxy": { "Routes": { "a": { "ClusterId": "a", "Match": { "Hosts": ["only.example"], "Path": "{**all}" } } },
              "Clusters": { "a": { "Destinations": { "d": { "Address": "http://shop.railgun/" } } } } } }
            """);
        using HttpResponseMessage response = await listener.Client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.That((int)response.StatusCode, Is.EqualTo(404));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("listener: no route"));
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
