using System.Net;
using System.Text;
using Railgun.Listener.Clients;
using Railgun.Listener.Tests.Support;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Clients;

/// <summary>What clients may send at most, at the limit and one beyond.</summary>
internal sealed class LimitTests
{
    private const string Host = "Host: shop.example\r\n";

    [TestCase(0, "200")]
    [TestCase(1, "431")]
    public async Task The_bytes_of_all_fields(int beyond, string status)
    {
        const string Name = "X: ";
        int room = KestrelLimits.MaxHeadersTotalSize - Host.Length - Name.Length - 2;
        Assert.That(await AskAsync($"GET / HTTP/1.1\r\n{Host}{Name}{new string('v', room + beyond)}\r\n\r\n"), Does.StartWith($"HTTP/1.1 {status} "));
    }

    [TestCase(0, "200")]
    [TestCase(1, "431")]
    public async Task The_number_of_fields(int beyond, string status)
    {
        string fields = string.Concat(Enumerable.Range(1, KestrelLimits.MaxHeaderCount - 1 + beyond).Select(i => $"X{i}: v\r\n"));
        Assert.That(await AskAsync($"GET / HTTP/1.1\r\n{Host}{fields}\r\n"), Does.StartWith($"HTTP/1.1 {status} "));
    }

    [TestCase(0, "200")]
    [TestCase(1, "414")]
    public async Task The_request_line(int beyond, string status)
    {
        int room = KestrelLimits.MaxRequestLine - "GET / HTTP/1.1\r\n".Length;
        Assert.That(await AskAsync($"GET /{new string('t', room + beyond)} HTTP/1.1\r\n{Host}\r\n"), Does.StartWith($"HTTP/1.1 {status} "));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task The_number_of_fields_over_HTTP_2(int beyond, bool served)
    {
        // Four are pseudo fields.
        (string, string)[] fields = [.. Enumerable.Range(1, KestrelLimits.MaxHeaderCount - 4 + beyond).Select(i => ($"x{i}", "v"))];
        Assert.That(await IsServedOverHttp2Async("/", fields), Is.EqualTo(served));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task One_field_over_HTTP_2(int beyond, bool served)
    {
        Assert.That(await IsServedOverHttp2Async("/", ("x", new string('v', KestrelLimits.MaxField + beyond))), Is.EqualTo(served));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task One_name_over_HTTP_2(int beyond, bool served)
    {
        Assert.That(await IsServedOverHttp2Async("/", (new string('n', KestrelLimits.MaxField + beyond), "v")), Is.EqualTo(served));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task The_bytes_of_all_fields_over_HTTP_2(int beyond, bool served)
    {
        // Names and values count, also those of pseudo fields.
        const int Third = 11_000;
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        listener.Senders.Handler = exchange => exchange.Answer(200, "ok");
        int room = KestrelLimits.MaxHeadersTotalSize - $":methodGET:schemehttp:authority{listener.Endpoint.Authority}:path/abc".Length - (2 * Third);
        Assert.That(await IsServedAsync(listener, "/", ("a", new string('v', Third)), ("b", new string('v', Third)), ("c", new string('v', room + beyond))), Is.EqualTo(served));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task The_bytes_of_all_trailers(int beyond, bool passes)
    {
        // What the head has left is the trailers' room.
        const string Head = Host + "Transfer-Encoding: chunked\r\n";
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        int room = KestrelLimits.MaxHeadersTotalSize - Head.Length - "X: \r\n\r\n".Length;
        await client.SendAsync($"POST / HTTP/1.1\r\n{Head}\r\n0\r\nX: {new string('v', room + beyond)}\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(await CompletesAsync(exchange), Is.EqualTo(passes));
    }

    [Test]
    public async Task The_streams_of_a_connection_of_HTTP_2()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        Task<HttpResponseMessage>[] asked = [.. Enumerable.Range(0, KestrelLimits.MaxStreams + 1).Select(i => listener.Client.SendAsync(Http2($"/{i}")))];
        FakeExchange[] open = await Task.WhenAll(Enumerable.Range(0, KestrelLimits.MaxStreams).Select(_ => listener.Senders.NextAsync()));
        Task<FakeExchange> next = listener.Senders.NextAsync();
        Assert.That(next.IsCompleted, Is.False);
        open[0].Answer(204, "");
        FakeExchange last = await next;
        foreach (FakeExchange exchange in open[1..].Append(last))
        {
            exchange.Answer(204, "");
        }

        Array.ForEach(await Task.WhenAll(asked), response => response.Dispose());
    }

    [Test]
    public async Task One_stream_more_than_a_connection_of_HTTP_2_has_is_refused_and_the_others_are_served()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        var frames = new H2Frames();
        for (int i = 0; i <= KestrelLimits.MaxStreams; i++)
        {
            frames.AddHead((2 * i) + 1, last: true, (":method", "GET"), (":scheme", "http"), (":authority", "shop.example"), (":path", $"/{i}"));
        }

        await client.SendAsync(Encoding.Latin1.GetString([.. H2Frames.Preface, .. frames.ToArray()]));
        const byte RefusedStream = 7;
        const int Refused = (2 * KestrelLimits.MaxStreams) + 1;
        byte[] reset = new H2Frames().Add(H2Frames.RstStream, 0, Refused, [0, 0, 0, RefusedStream]).ToArray();
        Assert.That(await client.ReadUntilAsync(Encoding.Latin1.GetString(reset)), Does.EndWith(Encoding.Latin1.GetString(reset)));
        for (int i = 0; i < KestrelLimits.MaxStreams; i++)
        {
            FakeExchange exchange = await listener.Senders.NextAsync();
            Assert.That(exchange.Head.Target, Is.Not.EqualTo($"/{KestrelLimits.MaxStreams}"));
            exchange.Answer(204, "");
        }
    }

    private static async Task<bool> CompletesAsync(FakeExchange exchange)
    {
        Task aborted = exchange.Aborted;
        return await Task.WhenAny(exchange.Completed, aborted).WaitAsync(Patience.Limit) != aborted;
    }

    private static async Task<string> AskAsync(string request)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => exchange.Answer(200, "ok");
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync(request);
        return await client.ReadUntilAsync("\r\n\r\n");
    }

    private static async Task<bool> IsServedOverHttp2Async(string target, params (string Name, string Value)[] fields)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        listener.Senders.Handler = exchange => exchange.Answer(200, "ok");
        return await IsServedAsync(listener, target, fields);
    }

    private static async Task<bool> IsServedAsync(EdgeListener listener, string target, params (string Name, string Value)[] fields)
    {
        using HttpRequestMessage request = Http2(target, fields);
        try
        {
            using HttpResponseMessage response = await listener.Client.SendAsync(request);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static HttpRequestMessage Http2(string target, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        foreach ((string name, string value) in fields)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }
}
