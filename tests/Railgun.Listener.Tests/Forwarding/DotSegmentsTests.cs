using Railgun.Listener.Forwarding;
using Railgun.Listener.Tests.Support;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>Dot segments pass as they are, unless routes look at paths.</summary>
internal sealed class DotSegmentsTests
{
    private const string Routes = """
        { "ReverseProxy": {
            "Routes": {
              "public": { "ClusterId": "c", "Match": { "Path": "/public/{**rest}" } }
            },
            "Clusters": { "c": { "Destinations": { "d": { "Address": "http://shop.railgun/" } } } } } }
        """;

    [TestCase("/..", true)]
    [TestCase("/a/./b", true)]
    [TestCase("/a/%2e%2E/b", true)]
    [TestCase("/a/.%2e?x", true)]
    [TestCase("/a/.", true)]
    [TestCase("/", false)]
    [TestCase("/a/b?c/../d", false)]
    [TestCase("/a/.../b", false)]
    [TestCase("/.well-known/x.", false)]
    [TestCase("/a/..;/b", true)]
    [TestCase("/a/.;x=1/b", true)]
    [TestCase("/a%2F..%2fb", true)]
    [TestCase("/a..b/%2f..", true)]
    [TestCase("/a/..%2fb", true)]
    [TestCase("/a\\..\\b", true)]
    [TestCase("/a%5c%2e.%5Cb", true)]
    [TestCase("/..%", false)]
    [TestCase("/a..b/%20..", false)]
    [TestCase("/a;../b", false)]
    [TestCase("/x%2F.git", false)]
    [TestCase("*", false)]
    public void They_are_found_in_every_way_to_write_them(string target, bool found) => Assert.That(DotSegments.IsIn(target), Is.EqualTo(found));

    [TestCase("/secret/../public/x")]
    [TestCase("/public/../secret")]
    [TestCase("/public/%2e%2e/public/x")]
    [TestCase("/public/x%2f..%2f..%2fsecret")]
    [TestCase("/public/..;/secret")]
    public async Task A_target_whose_route_they_could_change_is_refused(string target)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: Routes);
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync($"GET {target} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
        Assert.That(await client.ReadUntilAsync("exchange 0)"), Does.StartWith("HTTP/1.1 400 ").And.Contain("stage=client").And.Contain("dot segments"));
    }

    [Test]
    public async Task Other_targets_of_such_routes_pass()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: Routes);
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("GET /public/a?b=/../c HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Head.Target, Is.EqualTo("/public/a?b=/../c"));
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
    }
}
