using System.Net;
using System.Net.Sockets;
using System.Text;
using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd.Transparency;

/// <summary>What only HTTP/1.1 can ask, or only with turns taken by both sides.</summary>
internal static class Conversations
{
    private const string H1 = "HTTP/1.1";
    private const string H2 = "HTTP/2";
    private const string Upgrade =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private const string Host = " HTTP/1.1\r\nHost: site.example\r\n";

    /// <summary>All of them.</summary>
    public static IEnumerable<Case> All =>
    [
        .. ProbeTalks.Raw.Keys.Select(name => Raw($"an answer as it may be: {name}", $"GET /raw/{name}{Host}\r\n")),
        Raw("OPTIONS *", $"OPTIONS *{Host}\r\n"),
        Raw("a target in absolute form", $"GET http://site.example/a/b?c{Host}\r\n"),
        Raw("a target in absolute form without a path", $"GET http://site.example{Host}\r\n"),
        Raw("names of fields in odd case", $"GET /echo{Host}x-ODD: 1\r\nX-odd: 2\r\n\r\n"),
        Raw("fields that the connection names", $"GET /echo{Host}Connection: X-Hop\r\nX-Hop: 1\r\nX-Stay: 2\r\nKeep-Alive: 5\r\n\r\n"),
        Raw("HTTP/1.0", "GET /echo HTTP/1.0\r\nHost: site.example\r\n\r\n"),
        Raw("HTTP/1.0 to the connection's end", "GET /unsized/5000 HTTP/1.0\r\nHost: site.example\r\n\r\n"),
        Raw("Connection: close", $"GET /page{Host}Connection: close\r\n\r\n"),
        Raw("a port in Host", "GET /echo HTTP/1.1\r\nHost: site.example:8443\r\n\r\n"),
        Raw("an address as Host", "GET /echo HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"),
        Raw("space around a value", $"GET /echo{Host}X-A:  \t a b \t \r\n\r\n"),
        Raw("trailers of a request", $"POST /echo{Host}Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 3\r\n\r\n"),
        Raw("extensions of a request's chunks", $"POST /echo{Host}Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\n"),
        Raw("informational: 103", $"GET /informational/103{Host}\r\n"),
        Raw("informational: 102, 103, 103", $"GET /informational/102-103-103{Host}\r\n"),
        Raw("an upgrade that the origin does not know", $"GET /echo{Host}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"),
        Raw("WebSocket's path without an upgrade", $"GET /ws{Host}\r\n"),
        new("two requests on one connection", H1, TwoAsync),
        new("two requests at once on one connection", H1, PipelinedAsync),
        new("Expect: 100-continue, wanted", H1, place => ExpectAsync(place, "/echo")),
        new("Expect: 100-continue, not wanted", H1, place => ExpectAsync(place, "/early/417")),
        new("both directions at once", H1, DuplexH1Async),
        new("both directions at once", H2, DuplexH2Async),
        new("the client leaves before the answer", H1, place => LeaveH1Async(place, "hang")),
        new("the client leaves within an event stream", H1, place => LeaveH1Async(place, "stream-forever")),
        new("the client leaves before the answer", H2, place => LeaveH2Async(place, "hang")),
        new("the client leaves within an event stream", H2, place => LeaveH2Async(place, "stream-forever")),
        new("the client leaves within its upload", H1, LeaveUploadAsync),
        new("a slow upload", H1, SlowUploadAsync),
        new("a tunnel whose client ends first", H1, TunnelAsync),
        new("a tunnel whose origin ends first", H1, OriginEndsAsync),
        .. SocketTalks.All,
    ];

    private static Case Raw(string name, string request) => new(name, H1, place => H1Client.AskAsync(place, request));

    private static async Task<Sight> TwoAsync(Place place)
    {
        using H1Client client = await H1Client.ConnectAsync(place);
        var sight = new Sight();
        foreach (string target in (string[])["/page", "/sized/100"])
        {
            await client.SendAsync($"GET {target}{Host}\r\n");
            await client.ReadAnswerAsync(sight);
        }

        return sight;
    }

    private static async Task<Sight> PipelinedAsync(Place place)
    {
        using H1Client client = await H1Client.ConnectAsync(place);
        await client.SendAsync($"GET /slow{Host}\r\nHEAD /page{Host}\r\nGET /sized/100{Host}\r\n");
        var sight = new Sight();
        await client.ReadAnswerAsync(sight);
        await client.ReadAnswerAsync(sight, isHead: true);
        return await client.ReadAnswerAsync(sight);
    }

    private static async Task<Sight> ExpectAsync(Place place, string target)
    {
        using H1Client client = await H1Client.ConnectAsync(place);
        await client.SendAsync($"POST {target}{Host}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        (int status, _) = await client.ReadHeadAsync();
        if (status != 100)
        {
            return new Sight().Add($"told: {status}, and no body goes");
        }

        await client.SendAsync("hello");
        return await client.ReadAnswerAsync(new Sight().Add("told: 100"));
    }

    private static async Task<Sight> DuplexH1Async(Place place)
    {
        using H1Client client = await H1Client.ConnectAsync(place);
        await client.SendAsync($"POST /duplex{Host}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
        (int status, _) = await client.ReadHeadAsync();
        var sight = new Sight().Add($"status: {status}");
        foreach (char next in "abcde")
        {
            sight.Add("came: " + Encoding.ASCII.GetString(await client.ReadAsync(6)).ReplaceLineEndings("|"));
            await client.SendAsync(next == 'e' ? "0\r\n\r\n" : $"1\r\n{(char)(next + 1)}\r\n");
        }

        return sight.Add("came: " + Encoding.ASCII.GetString(await client.ReadAsync(5)).ReplaceLineEndings("|"));
    }

    private static async Task<Sight> DuplexH2Async(Place place)
    {
        var pipe = new System.IO.Pipelines.Pipe();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/duplex")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new PipedContent(pipe.Reader),
        };
        await pipe.Writer.WriteAsync("a"u8.ToArray());
        using HttpResponseMessage answer = await place.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var sight = new Sight().Add($"status: {(int)answer.StatusCode}");
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        byte[] one = new byte[1];
        for (byte i = (byte)'b'; i < 'g'; i++)
        {
            await body.ReadExactlyAsync(one);
            sight.Add($"came: {(char)one[0]}");
            await pipe.Writer.WriteAsync(new[] { i });
        }

        await body.ReadExactlyAsync(one);
        await pipe.Writer.CompleteAsync();
        return sight.Add($"end: {await body.ReadAsync(one)}");
    }

    private static async Task<Sight> LeaveH1Async(Place place, string path)
    {
        string id = Guid.NewGuid().ToString("N");
        using H1Client client = await H1Client.ConnectAsync(place);
        await client.SendAsync($"GET /{path}/{id}{Host}\r\n");
        await place.Origin.Event(id + " came").Task.WaitAsync(TimeSpan.FromSeconds(10));
        client.Dispose();
        return await GoneAsync(place, id);
    }

    private static async Task<Sight> LeaveH2Async(Place place, string path)
    {
        string id = Guid.NewGuid().ToString("N");
        using var leave = new CancellationTokenSource();
        Task<HttpResponseMessage> asking = place.Client.GetAsync($"/{path}/{id}", HttpCompletionOption.ResponseHeadersRead, leave.Token);
        await place.Origin.Event(id + " came").Task.WaitAsync(TimeSpan.FromSeconds(10));
        await leave.CancelAsync();
        try
        {
            (await asking).Dispose();
        }
        catch (OperationCanceledException)
        {
            // As wished.
        }

        return await GoneAsync(place, id);
    }

    private static async Task<Sight> LeaveUploadAsync(Place place)
    {
        string id = Guid.NewGuid().ToString("N");
        using H1Client client = await H1Client.ConnectAsync(place);
        await client.SendAsync($"POST /hang/{id}{Host}Content-Length: 1000\r\n\r\nabc");
        await place.Origin.Event(id + " came").Task.WaitAsync(TimeSpan.FromSeconds(10));
        client.Dispose();
        return await GoneAsync(place, id);
    }

    private static async Task<Sight> GoneAsync(Place place, string id)
    {
        await place.Origin.Event(id + " gone").Task.WaitAsync(TimeSpan.FromSeconds(10));
        return new Sight().Add("the origin's work is cancelled");
    }

    private static async Task<Sight> SlowUploadAsync(Place place)
    {
        using H1Client client = await H1Client.ConnectAsync(place);
        await client.SendAsync($"POST /echo{Host}Content-Length: 50\r\n\r\n");
        for (int i = 0; i < 10; i++)
        {
            await client.SendAsync("12345");
            await Task.Delay(5);
        }

        return await client.ReadAnswerAsync(new Sight());
    }

    private static async Task<Sight> OriginEndsAsync(Place place)
    {
        using H1Client client = await H1Client.ConnectAsync(place);
        await client.SendAsync($"GET /tunnel?brief{Host}{Upgrade}");
        (int status, _) = await client.ReadHeadAsync();
        return new Sight().Add($"status: {status}").Add("came: " + Encoding.ASCII.GetString(await client.ReadToEndAsync()));
    }

    private static async Task<Sight> TunnelAsync(Place place)
    {
        using H1Client client = await H1Client.ConnectAsync(place);
        await client.SendAsync($"GET /tunnel{Host}{Upgrade}");
        (int status, _) = await client.ReadHeadAsync();
        await client.SendAsync(SamplePage.Noise(100_000, 1));
        client.Socket.Shutdown(SocketShutdown.Send);
        return new Sight().Add($"status: {status}").Add("came: " + Encoding.ASCII.GetString(await client.ReadToEndAsync()));
    }
}
