using System.Net;
using System.Net.WebSockets;
using System.Text;
using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd.Transparency;

/// <summary>WebSocket (RFC 6455), over HTTP/1.1 and over HTTP/2 (RFC 8441).</summary>
internal static class SocketTalks
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Case> All =>
    [
        .. from version in (string[])["HTTP/1.1", "HTTP/2"]
           from talk in Talks
           select new Case("WebSocket: " + talk.Name, version, place => TalkAsync(place, version, talk.Do)),
        new("WebSocket: a ping is answered", "HTTP/1.1", PingAsync),
        new("WebSocket: the client is gone without a word", "HTTP/1.1", VanishAsync),
    ];

    private static (string Name, Func<ClientWebSocket, Sight, Task> Do)[] Talks =>
    [
        ("a message and its echo", async (socket, sight) => await EchoAsync(socket, sight, "hello"u8.ToArray(), WebSocketMessageType.Text)),
        ("a binary message of 1 MB", async (socket, sight) => await EchoAsync(socket, sight, SamplePage.Noise(1_000_000, 3), WebSocketMessageType.Binary)),
        ("an empty message", async (socket, sight) => await EchoAsync(socket, sight, [], WebSocketMessageType.Text)),
        ("fragments", FragmentsAsync),
        ("fifty small messages", async (socket, sight) =>
        {
            for (int i = 0; i < 50; i++)
            {
                await EchoAsync(socket, sight, Encoding.ASCII.GetBytes($"message {i}"), WebSocketMessageType.Text);
            }
        }),
        ("the origin closes", OriginClosesAsync),
    ];

    private static async Task<Sight> TalkAsync(Place place, string version, Func<ClientWebSocket, Sight, Task> talk)
    {
        bool isH2 = version == "HTTP/2";
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = isH2 ? HttpVersion.Version20 : HttpVersion.Version11;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.AddSubProtocol("probe.v1");
        socket.Options.CollectHttpResponseDetails = true;
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{(isH2 ? place.H2c : place.Http)}/ws"), isH2 ? place.Client : null, CancellationToken.None);
        var sight = new Sight().Add($"protocol: {socket.SubProtocol}");
        await talk(socket, sight);
        if (socket.State == WebSocketState.Open)
        {
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
        }

        return sight.Add($"closed: {socket.CloseStatus} {socket.CloseStatusDescription} {socket.State}");
    }

    private static async Task EchoAsync(ClientWebSocket socket, Sight sight, byte[] message, WebSocketMessageType type)
    {
        Task sending = socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);
        await ReceiveAsync(socket, sight);
        await sending;
    }

    private static async Task FragmentsAsync(ClientWebSocket socket, Sight sight)
    {
        foreach (string piece in (string[])["one ", "two ", "", "three"])
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(piece), WebSocketMessageType.Text, piece == "three", CancellationToken.None);
        }

        await ReceiveAsync(socket, sight);
    }

    private static async Task OriginClosesAsync(ClientWebSocket socket, Sight sight)
    {
        await socket.SendAsync("close"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        WebSocketReceiveResult close = await socket.ReceiveAsync(new byte[10], CancellationToken.None);
        sight.Add($"the origin closes: {close.CloseStatus} {close.CloseStatusDescription}");
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static async Task ReceiveAsync(ClientWebSocket socket, Sight sight)
    {
        var message = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        WebSocketReceiveResult next;
        do
        {
            next = await socket.ReceiveAsync(buffer, CancellationToken.None);
            message.Write(buffer, 0, next.Count);
        }
        while (!next.EndOfMessage);
        sight.Add(Sight.Describe($"{next.MessageType}", message.GetBuffer().AsSpan(0, (int)message.Length)));
    }

    private static async Task<H1Client> OpenAsync(Place place, Sight sight)
    {
        H1Client client = await H1Client.ConnectAsync(place);
        await client.SendAsync(
            "GET /ws HTTP/1.1\r\nHost: site.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        (int status, List<(string Name, string Value)> fields) = await client.ReadHeadAsync();
        sight.Add($"status: {status}");
        sight.AddFields("field", fields);
        return client;
    }

    private static async Task<Sight> PingAsync(Place place)
    {
        var sight = new Sight();
        using H1Client client = await OpenAsync(place, sight);

        // A masked ping "hi", its mask all zero; the pong comes without a mask.
        await client.SendAsync([0x89, 0x82, 0, 0, 0, 0, (byte)'h', (byte)'i']);
        return sight.Add("pong: " + Convert.ToHexString(await client.ReadAsync(4)));
    }

    private static async Task<Sight> VanishAsync(Place place)
    {
        var sight = new Sight();
        using H1Client client = await OpenAsync(place, sight);
        client.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        client.Dispose();
        return sight;
    }
}
