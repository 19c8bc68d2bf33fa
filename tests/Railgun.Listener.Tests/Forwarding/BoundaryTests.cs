using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>What a client cannot do: choose who is asked, speak as a proxy or as Railgun, or reach another tenant.</summary>
internal sealed class BoundaryTests
{
    private const string Tenants = """
        { "ReverseProxy": {
            "Routes": {
              "a": { "ClusterId": "a", "Match": { "Hosts": [ "a.example" ], "Path": "{**all}" } },
              "b": { "ClusterId": "b", "Match": { "Hosts": [ "b.example" ], "Path": "{**all}" } },
              "key": { "ClusterId": "a", "Match": { "Hosts": [ "key.example" ], "Path": "{**all}" }, "Transforms": [ { "RequestHeader": "X-Api-Key", "Set": "the site's" } ] }
            },
            "Clusters": {
              "a": { "Destinations": { "d": { "Address": "http://tenant-a.railgun/" } } },
              "b": { "Destinations": { "d": { "Address": "http://tenant-b.railgun/" } } }
            } } }
        """;

    [TestCase("GET / HTTP/1.1\r\nHost: a.example")]
    [TestCase("GET http://a.example/ HTTP/1.1\r\nHost: a.example")]
    [TestCase("GET //b.example/ HTTP/1.1\r\nHost: a.example")]
    [TestCase("GET /\\b.example/ HTTP/1.1\r\nHost: a.example")]
    [TestCase("GET /@b.example/ HTTP/1.1\r\nHost: a.example")]
    [TestCase("GET /x?http://b.example/ HTTP/1.1\r\nHost: a.example")]
    [TestCase("GET /..%2f..%2f//tenant-b.railgun/ HTTP/1.1\r\nHost: a.example")]
    [TestCase("GET / HTTP/1.1\r\nHost: A.EXAMPLE")]
    [TestCase("GET / HTTP/1.1\r\nHost: a.example:81")]
    [TestCase("GET / HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-Host: b.example\r\nForwarded: host=b.example")]
    [TestCase("GET / HTTP/1.1\r\nHost: a.example\r\nX-Original-Host: b.example\r\nX-HTTP-Host-Override: b.example\r\nX_Forwarded_Host: b.example")]
    [TestCase("GET / HTTP/1.1\r\nHost: a.example\r\nRailgun-Sender: tenant-b\r\nRailgun: tenant-b")]
    public async Task A_request_reaches_the_tenant_of_its_host_and_no_other(string request)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: Tenants);
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync(request + "\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(listener.Senders.LastAsked, Is.EqualTo("tenant-a"));
        Assert.That(exchange.Head.Authority, Does.StartWith("a.example").IgnoreCase);
        Assert.That(exchange.Head.Target, Does.StartWith("/"));
        Assert.That(exchange.Head.Fields.Select(f => f.Value), Has.None.Contains("b.example").And.None.Contains("tenant-b"));
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
    }

    [TestCase("tenant-b.railgun")]
    [TestCase("c.example")]
    [TestCase("a.example.")]
    [TestCase("xa.example")]
    public async Task A_host_of_no_tenant_reaches_nobody(string host)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: Tenants);
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        Assert.That(await client.ReadUntilAsync("\r\n\r\n"), Does.StartWith("HTTP/1.1 404 "));
        Assert.That(listener.Senders.LastAsked, Is.Null);
    }

    [TestCase(null, false)]
    [TestCase("127.0.0.1", true)]
    public async Task Who_the_client_is_only_trusted_proxies_can_say(string? trusted, bool pass)
    {
        string[] names =
        [
            "X-Real-IP", "True-Client-IP", "CF-Connecting-IP", "CloudFront-Viewer-Address", "X-Remote-User", "Remote-User", "X-MS-Client-Principal-Name", "X-SSL-Client-S-DN",
            "X-Original-URL", "X-Rewrite-URL", "Proxy", "X_Forwarded_For", "X_Real_IP",
        ];
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.Forwarded.Trusted.AddRange(trusted is null ? [] : [trusted]));
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync($"GET / HTTP/1.1\r\nHost: a.example\r\nX-Odd_Name: kept\r\n{string.Concat(names.Select(name => $"{name}: told\r\n"))}\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(names.Where(exchange.Head.Fields.Contains), pass ? Is.EqualTo(names) : Is.Empty);
        Assert.That(exchange.Head.Fields.First("X-Odd_Name"), Is.EqualTo("kept"));
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
    }

    [Test]
    public async Task Control_fields_from_outside_do_not_pass_in_either_spelling()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.example\r\nRailgun: 1\r\nrailgun-error: 2\r\nRAILGUN_KEY: 3\r\nRailgunner: 4\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Head.Fields.Where(f => f.Name.StartsWith("Railgun", StringComparison.OrdinalIgnoreCase)).Select(f => f.Value), Is.EqualTo(new[] { "4" }));
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
    }

    [TestCase("Set-Cookie", "s=1", 0)]
    [TestCase("Cache-Control", "private", 0)]
    [TestCase("X-Any", "1", 1)]
    public async Task A_key_that_a_route_adds_lets_clients_share_only_what_anonymous_ones_may(string name, string value, int kept)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: Tenants);
        listener.Senders.Handler = exchange =>
        {
            exchange.SendHead(200, BodyCoding.AsItIs with { Kept = true }, (name, value), ("Content-Type", "text/html"));
            exchange.SendData(new string('x', 4096));
            exchange.SendEnd();
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page");
        request.Headers.Host = "key.example";
        (await listener.Client.SendAsync(request)).Dispose();
        await listener.AccessAsync();
        StoreSnapshot held = listener.Store.Snapshot();
        Assert.That(held.Versions, Is.EqualTo(kept));
    }
}
