using Railgun.Listener.Tests.Support;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>Routes: the operator's own in YARP's form, and those that are there without any.</summary>
internal sealed class RouteTests
{
    private const string Routes = """
        { "ReverseProxy": {
            "Routes": {
              "blog": { "ClusterId": "blog", "Match": { "Path": "/blog/{**rest}" }, "Transforms": [ { "PathRemovePrefix": "/blog" }, { "RequestHeader": "X-Blog", "Set": "1" }, { "ResponseHeader": "X-Edge", "Set": "2" } ] },
              "shop": { "ClusterId": "shop", "Match": { "Path": "{**all}" }, "Transforms": [ { "RequestHeader": "Host", "Set": "inside.example" } ] }
            },
            "Clusters": {
              "blog": { "Destinations": { "d": { "Address": "http://blog.railgun/under" } } },
              "shop": { "LoadBalancingPolicy": "ConnectedFirst", "Destinations": { "a": { "Address": "http://shop1.railgun/" }, "b": { "Address": "http://shop2.railgun/" } } }
            } } }
        """;

    [Test]
    public async Task A_route_picks_the_sender_and_its_transforms_hold()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: Routes);
        Task<HttpResponseMessage> asked = listener.Client.GetAsync(new Uri("/blog/a%20b?q=%2F", UriKind.Relative));
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(listener.Senders.LastAsked, Is.EqualTo("blog"));
        Assert.That(exchange.Head.Target, Is.EqualTo("/under/a%20b?q=%2F"));
        Assert.That(exchange.Head.Fields.First("X-Blog"), Is.EqualTo("1"));
        exchange.Answer(200, "x");
        using HttpResponseMessage response = await asked;
        Assert.That(response.Headers.GetValues("X-Edge"), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public async Task A_client_can_name_its_own_fields_only_as_those_of_the_connection()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: Routes);
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync(
            "POST /blog/ HTTP/1.1\r\nHost: shop.example\r\nX-Own: 1\r\nX-Blog: 2\r\nX-Forwarded-For: 192.0.2.66\r\nContent-Length: 0\r\n"
            + "Connection: x-own\r\nConnection: X-Forwarded-For, X-Forwarded-Proto,X-Blog,Host, Content-Length\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Head.Fields.Contains("X-Own"), Is.False);
        Assert.That(exchange.Head.Fields.First("X-Blog"), Is.EqualTo("1"));
        Assert.That(exchange.Head.Fields.First("X-Forwarded-For"), Is.EqualTo("127.0.0.1"));
        Assert.That(exchange.Head.Fields.First("X-Forwarded-Proto"), Is.EqualTo("http"));
        Assert.That(exchange.Head.Fields.First("Content-Length"), Is.EqualTo("0"));
        Assert.That(exchange.Head.Authority, Is.EqualTo("shop.example"));
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
    }

    [Test]
    public async Task A_sender_with_a_lane_is_preferred()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: Routes);
        listener.Senders.UpNames.Add("shop2");
        for (int i = 0; i < 10; i++)
        {
            Task<HttpResponseMessage> asked = listener.Client.GetAsync(new Uri("/x", UriKind.Relative));
            FakeExchange exchange = await listener.Senders.NextAsync();
            Assert.That(listener.Senders.LastAsked, Is.EqualTo("shop2"));
            Assert.That(exchange.Head.Authority, Is.EqualTo("inside.example"));
            exchange.Answer(200, "x");
            (await asked).Dispose();
        }
    }

    [Test]
    public async Task Whatever_the_policy_requests_go_to_senders_that_are_there_and_to_one_that_comes_back_at_once()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: Routes.Replace("ConnectedFirst", "RoundRobin", StringComparison.Ordinal));
        listener.Senders.Handler = exchange => exchange.Answer(204, "");
        listener.Senders.UpNames.Add("shop2");
        listener.Senders.Change();
        await Patience.UntilAsync(() => Asked(listener, 10).All(name => name == "shop2"), "only the one that is there");
        listener.Senders.UpNames.Add("shop1");
        listener.Senders.Change();
        await Patience.UntilAsync(() => Asked(listener, 10).Distinct().Count() == 2, "both");
        listener.Senders.UpNames.Remove("shop2");
        listener.Senders.Change();
        await Patience.UntilAsync(() => Asked(listener, 10).All(name => name == "shop1"), "only the one that is left");
    }

    [Test]
    public async Task Where_no_sender_is_there_one_is_asked_all_the_same_so_that_the_request_waits_for_it()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(routes: Routes);
        listener.Senders.Handler = exchange => exchange.Answer(204, "");
        listener.Senders.UpNames.Clear();
        listener.Senders.Change();
        Assert.That(Asked(listener, 3), Has.All.StartsWith("shop"));
    }

    [Test]
    public async Task Without_routes_everything_goes_to_the_trusted_sender_also_to_one_trusted_later()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => exchange.Answer(204, "");
        (await listener.Client.GetAsync(new Uri("/", UriKind.Relative))).Dispose();
        Assert.That(listener.Senders.LastAsked, Is.EqualTo("shop"));
        listener.Peers.Remove("shop");
        listener.Peers.Add(EdgeListener.KeyOf("other"), "other");
        await Patience.UntilAsync(
            () =>
            {
                listener.Client.GetAsync(new Uri("/", UriKind.Relative)).GetAwaiter().GetResult().Dispose();
                return listener.Senders.LastAsked == "other";
            },
            "the new sender is asked");
    }

    private static List<string?> Asked(EdgeListener listener, int requests)
    {
        var asked = new List<string?>();
        for (int i = 0; i < requests; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/x", UriKind.Relative));
            listener.Client.Send(request).Dispose();
            asked.Add(listener.Senders.LastAsked);
        }

        return asked;
    }
}
