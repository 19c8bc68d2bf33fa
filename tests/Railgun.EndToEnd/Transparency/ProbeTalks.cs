using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Railgun.EndToEnd.Transparency;

/// <summary>The probe's paths on which both sides take their turns.</summary>
internal static class ProbeTalks
{
    /// <summary>Answers that Kestrel would not write, byte for byte; the connection is over after them.</summary>
    public static readonly Dictionary<string, string> Raw = new(StringComparer.Ordinal)
    {
        ["reason"] = "HTTP/1.1 200 All is well\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
        ["no-reason"] = "HTTP/1.1 200\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
        ["old"] = "HTTP/1.0 200 OK\r\nX-A: 1\r\n\r\nold",
        ["order"] = "HTTP/1.1 200 OK\r\nX-B: 1\r\nSet-Cookie: a=1\r\nX-A: 2\r\nset-cookie: b=2\r\nX-B: 3\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
        ["chunk-extension"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2;a=b\r\nok\r\n0\r\n\r\n",
        ["status-299"] = "HTTP/1.1 299 Odd\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
        ["status-599"] = "HTTP/1.1 599 Odd\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno",
        ["hop-by-hop"] = "HTTP/1.1 200 OK\r\nX-Hop: 1\r\nX-Stay: 2\r\nKeep-Alive: timeout=5\r\nContent-Length: 2\r\nConnection: close, X-Hop\r\n\r\nok",
        ["204-length-0"] = "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        ["304-length"] = "HTTP/1.1 304 Not Modified\r\nContent-Length: 1234\r\nETag: \"a\"\r\nConnection: close\r\n\r\n",
        ["205"] = "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        ["trailers"] = "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            + "f\r\ntrailers follow\r\n0\r\nX-Sum: 15\r\nX-Undeclared: a, b\r\n\r\n",
        ["404-no-length"] = "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\nnowhere",
    };

    /// <summary>Adds them.</summary>
    public static void Map(WebApplication app, ProbeOrigin origin)
    {
        app.Map("/raw/{name}", RawAsync);
        app.Map("/informational/{codes}", InformationalAsync);
        app.Map("/trailers", TrailersAsync);
        app.Map("/events", EventsAsync);
        app.Map("/slow", SlowAsync);
        app.Map("/early/{code:int}", EarlyAsync);
        app.Map("/duplex", DuplexAsync);
        app.Map("/broken/{length:int}", BrokenAsync);
        app.Map("/hang/{name}", context => HangAsync(context, origin));
        app.Map("/stream-forever/{name}", context => StreamForeverAsync(context, origin));
        app.Map("/ws", WebSocketAsync);
        app.Map("/tunnel", TunnelAsync);
    }

    private static async Task RawAsync(HttpContext context)
    {
        await WriteRawAsync(context, Raw[(string)context.Request.RouteValues["name"]!]);
        context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output.Complete();
        await GoneAsync(context.RequestAborted);
    }

    private static async Task InformationalAsync(HttpContext context)
    {
        foreach (string code in ((string)context.Request.RouteValues["codes"]!).Split('-'))
        {
            await WriteRawAsync(context, $"HTTP/1.1 {code} Soon\r\nLink: </{code}.css>; rel=preload\r\n\r\n");
        }

        await context.Response.WriteAsync("at last");
    }

    private static async Task WriteRawAsync(HttpContext context, string bytes) =>
        await context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output.WriteAsync(Encoding.Latin1.GetBytes(bytes));

    private static async Task TrailersAsync(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // Kestrel has none on HTTP/1.1.
            context.Request.RouteValues["name"] = "trailers";
            await RawAsync(context);
            return;
        }

        context.Response.DeclareTrailer("X-Sum");
        context.Response.ContentType = "application/octet-stream";
        await context.Response.Body.WriteAsync("trailers follow"u8.ToArray());
        context.Response.AppendTrailer("X-Sum", "15");
        context.Response.AppendTrailer("X-Undeclared", "a, b");
    }

    private static async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        for (int i = 0; i < 4; i++)
        {
            await context.Response.WriteAsync($"id: {i}\ndata: {context.Request.Headers["Last-Event-ID"]}\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(10);
        }
    }

    private static async Task SlowAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html";
        for (int i = 0; i < 5; i++)
        {
            await context.Response.WriteAsync(new string((char)('a' + i), 700));
            await context.Response.Body.FlushAsync();
            await Task.Delay(10);
        }
    }

    private static async Task EarlyAsync(HttpContext context)
    {
        context.Response.StatusCode = int.Parse((string)context.Request.RouteValues["code"]!, CultureInfo.InvariantCulture);
        await context.Response.WriteAsync("not waiting for you");
        await context.Response.CompleteAsync();
    }

    private static async Task DuplexAsync(HttpContext context)
    {
        context.Response.ContentType = "application/octet-stream";
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        byte[] buffer = new byte[4096];
        while (await context.Request.Body.ReadAsync(buffer) is > 0 and int count)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count));
            await context.Response.Body.FlushAsync();
        }
    }

    private static async Task BrokenAsync(HttpContext context)
    {
        int length = int.Parse((string)context.Request.RouteValues["length"]!, CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = context.Request.Query.ContainsKey("chunked") ? null : length * 2;
        await context.Response.Body.WriteAsync(new byte[length]);
        await context.Response.Body.FlushAsync();
        await Task.Delay(30);
        context.Abort();
    }

    private static async Task HangAsync(HttpContext context, ProbeOrigin origin)
    {
        string name = (string)context.Request.RouteValues["name"]!;
        origin.Event(name + " came").TrySetResult();
        await GoneAsync(context.RequestAborted);
        origin.Event(name + " gone").TrySetResult();
    }

    private static async Task StreamForeverAsync(HttpContext context, ProbeOrigin origin)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync("data: first\n\n");
        await context.Response.Body.FlushAsync();
        await HangAsync(context, origin);
    }

    private static async Task WebSocketAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = 426;
            context.Response.Headers.Upgrade = "websocket";
            await context.Response.WriteAsync("upgrade");
            return;
        }

        string? sub = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault();
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(sub);
        byte[] buffer = new byte[16 * 1024];
        while (socket.State == WebSocketState.Open)
        {
            WebSocketReceiveResult next = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (next.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(next.CloseStatus ?? WebSocketCloseStatus.Empty, next.CloseStatusDescription, CancellationToken.None);
                return;
            }

            if (next.Count == 5 && Encoding.ASCII.GetString(buffer, 0, 5) == "close")
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "as you wish", CancellationToken.None);
                continue;
            }

            await socket.SendAsync(buffer.AsMemory(0, next.Count), next.MessageType, next.EndOfMessage, context.RequestAborted);
        }
    }

    // Reads to the end of the client's side, and then still has something to say.
    private static async Task TunnelAsync(HttpContext context)
    {
        context.Response.Headers.Upgrade = "websocket";
        await using Stream tunnel = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        await tunnel.WriteAsync("hello "u8.ToArray());
        if (context.Request.Query.ContainsKey("brief"))
        {
            return;
        }

        byte[] buffer = new byte[4096];
        int total = 0;
        while (await tunnel.ReadAsync(buffer) is > 0 and int count)
        {
            total += count;
        }

        await tunnel.WriteAsync(Encoding.ASCII.GetBytes($"{total} bytes came"));
    }

    private static async Task GoneAsync(CancellationToken gone)
    {
        var source = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = gone.Register(source.SetResult);
        await source.Task.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
    }
}
