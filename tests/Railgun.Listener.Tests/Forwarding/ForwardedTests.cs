using Railgun.Listener.Startup;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Heads;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>Whom the origin is told that the listener asks for.</summary>
internal sealed class ForwardedTests
{
    private const string Claims =
        "X-Forwarded-For: 192.0.2.66\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 1\r\nForwarded: for=192.0.2.66\r\n";

    [TestCase(ForwardedFields.XForwarded, "X-Forwarded-For: 127.0.0.1|X-Forwarded-Host: shop.example|X-Forwarded-Proto: http")]
    [TestCase(ForwardedFields.Forwarded, "Forwarded: for=127.0.0.1;host=\"shop.example\";proto=http")]
    [TestCase(ForwardedFields.Both, "Forwarded: for=127.0.0.1;host=\"shop.example\";proto=http|X-Forwarded-For: 127.0.0.1|X-Forwarded-Host: shop.example|X-Forwarded-Proto: http")]
    [TestCase(ForwardedFields.None, "")]
    public async Task What_anybody_says_of_himself_is_taken_away(ForwardedFields fields, string expected) =>
        Assert.That(await ToldAsync(options => options.Forwarded.Fields = fields, Claims), Is.EqualTo(expected));

    [Test]
    public async Task What_a_trusted_proxy_says_stays_and_is_added_to()
    {
        string told = await ToldAsync(
            options =>
            {
                options.Forwarded.Fields = ForwardedFields.Both;
                options.Forwarded.Trusted.Add("127.0.0.0/8");
            },
            Claims);
        Assert.That(told.Split('|'), Is.EqualTo(new[]
        {
            "Forwarded: for=192.0.2.66, for=127.0.0.1;host=\"shop.example\";proto=http", "X-Forwarded-For: 192.0.2.66, 127.0.0.1", "X-Forwarded-Host: shop.example",
            "X-Forwarded-Port: 1", "X-Forwarded-Proto: https",
        }));
    }

    [Test]
    public async Task After_a_header_of_the_PROXY_protocol_the_client_it_names_counts()
    {
        string told = await ToldAsync(options => options.ProxyProtocol.From.Add("127.0.0.1"), "", "PROXY TCP4 198.51.100.7 198.51.100.1 1 2\r\n");
        Assert.That(told, Does.StartWith("X-Forwarded-For: 198.51.100.7|"));
    }

    [TestCase("")]
    [TestCase("PROXY TCP4 nonsense\r\n")]
    public async Task Without_the_header_that_it_should_have_a_connection_is_closed(string header)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.ProxyProtocol.From.Add("127.0.0.1"));
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync(header + "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        Assert.That(await client.ReadAsync(new byte[1]), Is.Zero);
    }

    [Test]
    public async Task Connections_from_elsewhere_have_no_header() =>
        Assert.That(await ToldAsync(options => options.ProxyProtocol.From.Add("192.0.2.0/24"), ""), Does.StartWith("X-Forwarded-For: 127.0.0.1|"));

    [TestCase("nonsense")]
    [TestCase("192.0.2.0/33")]
    public void A_network_that_is_none_is_a_mistake(string network)
    {
        var mistakes = new Railgun.Hosting.Configuration.Mistakes();
        var options = new ListenerOptions();
        options.Forwarded.Trusted.Add(network);
        options.ProxyProtocol.From.Add(network);
        options.ProxyProtocol.Timeout = TimeSpan.Zero;
        options.Validate(mistakes);
        Assert.That(mistakes.All.Select(m => m.Path), Is.SupersetOf(new[] { "forwarded.trusted[0]", "proxyProtocol.from[0]", "proxyProtocol.timeout" }));
    }

    private static async Task<string> ToldAsync(Action<ListenerOptions> configure, string fields, string header = "")
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(configure);
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync($"{header}GET / HTTP/1.1\r\nHost: shop.example\r\n{fields}\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        FieldList head = exchange.Head.Fields;
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
        return string.Join('|', head.Where(f => f.Name.Contains("orwarded", StringComparison.Ordinal)).Select(f => $"{f.Name}: {f.Value}").Order(StringComparer.Ordinal));
    }
}
