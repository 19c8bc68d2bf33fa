using System.Net;
using System.Net.WebSockets;
using Railgun.Listener.Tests.Forwarding;
using Railgun.Listener.Tests.Support;

namespace Railgun.Listener.Tests.Clients;

/// <summary>How many connections there may be, at the limit and one beyond.</summary>
internal sealed class ConnectionLimitTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n";
    private const string Upgrade =
        "GET /chat HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    [Test]
    public async Task A_connection_beyond_the_limit_is_closed_until_another_has_gone()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(static options => options.Clients.Connections = 2);
        listener.Senders.Handler = Answer;
        RawClient first = await RawClient.ConnectAsync(listener.Endpoint);
        using RawClient second = await RawClient.ConnectAsync(listener.Endpoint);
        Assert.That(await AskAsync(first), Does.StartWith("HTTP/1.1 200 "));
        Assert.That(await AskAsync(second), Does.StartWith("HTTP/1.1 200 "));
        using (RawClient third = await RawClient.ConnectAsync(listener.Endpoint))
        {
            Assert.That(await third.ReadAsync(new byte[100]), Is.Zero);
        }

        Assert.That(await AskAsync(second), Does.StartWith("HTTP/1.1 200 "));
        first.Dispose();
        string answer = "";
        for (int i = 0; i < 1000 && answer.Length == 0; i++)
        {
            using RawClient next = await RawClient.ConnectAsync(listener.Endpoint);
            answer = await AskAsync(next);
        }

        Assert.That(answer, Does.StartWith("HTTP/1.1 200 "));
    }

    [Test]
    public async Task A_switch_of_protocols_beyond_the_limit_is_refused_with_503_and_others_are_served()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(static options => options.Clients.UpgradedConnections = 1);
        using RawClient first = await RawClient.ConnectAsync(listener.Endpoint);
        await first.SendAsync(Upgrade);
        (await listener.Senders.NextAsync()).SendHead(101, null);
        Assert.That(await first.ReadUntilAsync("\r\n\r\n"), Does.StartWith("HTTP/1.1 101 "));

        using RawClient second = await RawClient.ConnectAsync(listener.Endpoint);
        await second.SendAsync(Upgrade);
        Assert.That(await second.ReadUntilAsync("exchange"), Does.StartWith("HTTP/1.1 503 ").And.Contain("clients.upgradedConnections"));

        first.Dispose();
        string answer = "";
        listener.Senders.Handler = exchange => exchange.SendHead(101, null);
        for (int i = 0; i < 1000 && !answer.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal); i++)
        {
            using RawClient next = await RawClient.ConnectAsync(listener.Endpoint);
            await next.SendAsync(Upgrade);
            answer = await next.ReadUntilAsync("\r\n\r\n");
        }

        Assert.That(answer, Does.StartWith("HTTP/1.1 101 "), "its place is free again");
        listener.Senders.Handler = Answer;
        using RawClient third = await RawClient.ConnectAsync(listener.Endpoint);
        Assert.That(await AskAsync(third), Does.StartWith("HTTP/1.1 200 "));
    }

    [Test]
    public async Task A_WebSocket_over_HTTP_2_keeps_its_place_once_it_is_open()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(static options =>
        {
            options.H2c.Add(new(IPAddress.Loopback, 0));
            options.Clients.UpgradedConnections = 1;
        });
        Uri chat = new UriBuilder(listener.Endpoint) { Scheme = "ws", Path = "/chat" }.Uri;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using ClientWebSocket first = Http2Socket();
        Task connected = first.ConnectAsync(chat, invoker, CancellationToken.None);
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(101, null, ("Sec-WebSocket-Accept", UpgradeTests.Accept(exchange.Head.Fields.First("Sec-WebSocket-Key")!)));
        await connected.WaitAsync(Patience.Limit);

        using ClientWebSocket second = Http2Socket();
        Assert.That(async () => await second.ConnectAsync(chat, invoker, CancellationToken.None).WaitAsync(Patience.Limit), Throws.InstanceOf<WebSocketException>());
        Assert.That(second.HttpStatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        first.Abort();
        await Patience.UntilAsync(() => exchange.IsOver, "the first is over");
    }

    [Test]
    public async Task A_request_whose_answer_switches_nothing_takes_no_place()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(static options => options.Clients.UpgradedConnections = 1);
        using RawClient asks = await RawClient.ConnectAsync(listener.Endpoint);
        await asks.SendAsync("GET /download HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
        FakeExchange download = await listener.Senders.NextAsync();
        download.SendHead(200, null, ("Content-Length", "100"));
        download.SendData("begins");
        Assert.That(await asks.ReadUntilAsync("begins"), Does.StartWith("HTTP/1.1 200 "));

        using RawClient chats = await RawClient.ConnectAsync(listener.Endpoint);
        await chats.SendAsync(Upgrade);
        (await listener.Senders.NextAsync()).SendHead(101, null);
        Assert.That(await chats.ReadUntilAsync("\r\n\r\n"), Does.StartWith("HTTP/1.1 101 "));

        using RawClient third = await RawClient.ConnectAsync(listener.Endpoint);
        await third.SendAsync(Upgrade);
        Assert.That(await third.ReadUntilAsync("exchange"), Does.StartWith("HTTP/1.1 503 "), "the place was given back once");
    }

    private static ClientWebSocket Http2Socket()
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.CollectHttpResponseDetails = true;
        return socket;
    }

    // With its length: behind chunks their end may come later, and be taken for the beginning of the next answer.
    private static void Answer(FakeExchange exchange) => exchange.Answer(200, "ok", ("Content-Length", "2"));

    private static async Task<string> AskAsync(RawClient client)
    {
        try
        {
            await client.SendAsync(Request);
            return await client.ReadUntilAsync("ok");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
