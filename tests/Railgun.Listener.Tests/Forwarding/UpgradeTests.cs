using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Engine;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>Switching protocols: WebSocket through the proxy library over an exchange.</summary>
internal sealed class UpgradeTests
{
    private const string Handshake =
        "GET /chat HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    [Test]
    public async Task Bytes_pass_both_ways_after_a_101()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync(Handshake);
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That((exchange.Head.Method, exchange.Head.Protocol, exchange.HasBody), Is.EqualTo(("GET", "websocket", true)));
        Assert.That(exchange.Head.Fields.First("Sec-WebSocket-Key"), Is.EqualTo("dGhlIHNhbXBsZSBub25jZQ=="));
        Assert.That(exchange.Head.Fields.Contains("Upgrade") || exchange.Head.Fields.Contains("Connection"), Is.False);
        Assert.That(exchange.Offers, Is.Empty);
        exchange.SendHead(101, null, ("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        string answer = await client.ReadUntilAsync("\r\n\r\n");
        Assert.That(answer, Does.StartWith("HTTP/1.1 101 ").And.Contain("Connection: Upgrade\r\n").And.Contain("Upgrade: websocket\r\n")
            .And.Contain("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        for (int i = 0; i < 3; i++)
        {
            await client.SendAsync($"up {i}");
            Assert.That(await exchange.ReadBodyAsync(), Is.EqualTo(System.Text.Encoding.Latin1.GetBytes($"up {i}")));
            exchange.SendData($"down {i}");
            Assert.That(await client.ReadUntilAsync($"down {i}"), Is.EqualTo($"down {i}"));
        }

        client.Dispose();
        await exchange.Completed.WaitAsync(Patience.Limit);
        await EdgeListener.NothingIsHeldAsync();
    }

    [Test]
    public async Task Bytes_pass_both_ways_without_the_link_too_and_are_counted()
    {
        using var origin = new TcpListener(IPAddress.Loopback, 0);
        origin.Start();
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.Direct = new Uri($"http://{origin.LocalEndpoint}"));
        listener.Senders.Refusal = new Fault(Stage.Link, ResetCode.LaneLost, "no lane to shop", RequestUnsent: true);
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync(Handshake);
        using Socket peer = await origin.AcceptSocketAsync().WaitAsync(Patience.Limit);
        byte[] buffer = new byte[4096];
        await peer.ReceiveAsync(buffer).WaitAsync(Patience.Limit);
        await peer.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"u8.ToArray());
        await client.ReadUntilAsync("\r\n\r\n");
        await client.SendAsync("up");
        Assert.That(await peer.ReceiveAsync(buffer).WaitAsync(Patience.Limit), Is.EqualTo(2));
        await peer.SendAsync("down"u8.ToArray());
        Assert.That(await client.ReadUntilAsync("down"), Is.EqualTo("down"));
        client.Dispose();
        Assert.That((await listener.AccessAsync())[0].GetProperty("bodyBytes").GetInt64(), Is.EqualTo(4));
    }

    [Test]
    public async Task A_client_of_HTTP_2_gets_its_WebSocket_too()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        Task connected = socket.ConnectAsync(new UriBuilder(listener.Endpoint) { Scheme = "ws", Path = "/chat" }.Uri, invoker, CancellationToken.None);
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That((exchange.Head.Method, exchange.Head.Protocol), Is.EqualTo(("GET", "websocket")));
        exchange.SendHead(101, null, ("Sec-WebSocket-Accept", Accept(exchange.Head.Fields.First("Sec-WebSocket-Key")!)));
        await connected.WaitAsync(Patience.Limit);
        await socket.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.That(await exchange.ReadBodyAsync(), Has.Length.GreaterThan(2));
        exchange.SendData([0x81, 2, (byte)'o', (byte)'k']);
        byte[] buffer = new byte[10];
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience.Limit);
        Assert.That(buffer[..received.Count], Is.EqualTo("ok"u8.ToArray()));
        socket.Abort();
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
    }

    [Test]
    public async Task An_origin_that_does_not_switch_answers_as_always()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync(Handshake);
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.Answer(403, "no", ("Content-Length", "2"));
        Assert.That(await client.ReadUntilAsync("no"), Does.StartWith("HTTP/1.1 403 "));
        await exchange.Completed.WaitAsync(Patience.Limit);
    }

    [Test]
    public async Task An_origin_that_goes_away_ends_the_client()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync(Handshake);
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(101);
        await client.ReadUntilAsync("\r\n\r\n");
        exchange.SendFault(new Fault(Stage.Link, ResetCode.LaneLost, "gone"));
        Assert.That(await client.ReadAsync(new byte[10]), Is.Zero);
    }

    [Test]
    public async Task A_tunnel_is_refused()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n");
        Assert.That(await client.ReadUntilAsync("exchange 0)\n"), Does.StartWith("HTTP/1.1 501 ").And.Contain("WebSocket only"));
    }

    /// <summary>RFC 6455 section 4.2.2.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The protocol asks for it; nothing rests on it.")]
    internal static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(System.Text.Encoding.ASCII.GetBytes($"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}
