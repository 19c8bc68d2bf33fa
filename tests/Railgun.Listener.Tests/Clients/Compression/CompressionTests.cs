using System.IO.Compression;
using System.Net.Http.Headers;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Engine;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Clients.Compression;

/// <summary>Bodies compressed for clients at the edge, and what that changes in heads.</summary>
internal sealed class CompressionTests
{
    private static readonly byte[] Page = new PageMaker(8).First(100);

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("zstd")]
    public async Task A_page_is_compressed_as_the_client_accepts(string coding)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => Serve(exchange, Page);
        using HttpResponseMessage response = await GetAsync(listener, coding);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(new[] { coding }));
            Assert.That(response.Headers.ETag!.ToString(), Is.EqualTo("W/\"v1-railgun\""));
            Assert.That(response.Headers.Vary, Is.EqualTo(new[] { "Cookie", "Accept-Encoding" }));
            Assert.That(response.Content.Headers.Contains("Content-Length"), Is.False);
            Assert.That(response.Headers.AcceptRanges, Is.Empty);
            Assert.That(body, Has.Length.LessThan(Page.Length / 2));
            Assert.That(Decode(coding, body), Is.EqualTo(Page));
        });
    }

    [Test]
    public async Task HEAD_tells_what_GET_would()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => Serve(exchange, exchange.Head.Method == "HEAD" ? [] : Page);
        using HttpResponseMessage get = await GetAsync(listener, "br");
        using var request = new HttpRequestMessage(HttpMethod.Head, "/page");
        request.Headers.AcceptEncoding.ParseAdd("br");
        using HttpResponseMessage head = await listener.Client.SendAsync(request);
        Assert.That(Told(head), Is.EqualTo(Told(get)));
        Assert.That(head.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "br" }));
    }

    [Test]
    public async Task Who_accepts_no_coding_gets_the_page_as_it_is_and_a_Vary()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => Serve(exchange, Page);
        using HttpResponseMessage response = await GetAsync(listener, null);
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Page));
        Assert.That(response.Headers.Vary, Is.EqualTo(new[] { "Cookie", "Accept-Encoding" }));
        Assert.That(response.Headers.ETag!.ToString(), Is.EqualTo("\"v1\""));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(Page.Length));
    }

    [TestCase("session=a", "cross-site", null, false)]
    [TestCase("session=a", "cross-site", "?1", true)]
    [TestCase("session=a", "same-origin", null, true)]
    [TestCase("_ga=1", "cross-site", null, true)]
    public async Task What_another_site_can_ask_for_with_a_users_credentials_again_and_again_is_not_compressed(string cookie, string site, string? click, bool compressed)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => Serve(exchange, Page);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page");
        request.Headers.AcceptEncoding.ParseAdd("br");
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Add("Sec-Fetch-User", click is null ? [] : [click]);
        using HttpResponseMessage response = await listener.Client.SendAsync(request);
        Assert.That(response.Content.Headers.ContentEncoding.Count == 1, Is.EqualTo(compressed));
    }

    [TestCase("Content-Type", "image/png")]
    [TestCase("Content-Type", "text/event-stream")]
    [TestCase("Content-Encoding", "gzip")]
    [TestCase("Cache-Control", "public, No-Transform")]
    [TestCase("Content-Range", "bytes 0-9/100")]
    [TestCase("Content-Digest", "sha-256=:x:")]
    [TestCase("Signature", "sig1=:x:")]
    [TestCase("Content-Length", "100")]
    public async Task What_must_or_need_not_be_compressed_passes_untouched(string name, string value)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        byte[] body = name == "Content-Length" ? Page[..100] : Page;
        listener.Senders.Handler = exchange =>
        {
            exchange.SendHead(200, null, [.. name == "Content-Type" ? [] : new[] { ("Content-Type", "text/html") }, ("ETag", "\"v1\""), (name, value)]);
            exchange.SendData(body);
            exchange.SendEnd();
        };
        using HttpResponseMessage response = await GetAsync(listener, "gzip, br");
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(body));
        Assert.That(response.Headers.ETag!.ToString(), Is.EqualTo("\"v1\""));
        Assert.That(response.Headers.Vary, Is.Empty);
    }

    [Test]
    public async Task A_part_is_never_compressed_nor_is_anything_for_who_asks_for_parts()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        foreach (int status in new[] { 206, 200 })
        {
            listener.Senders.Handler = exchange => Serve(exchange, Page, status);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/page");
            request.Headers.AcceptEncoding.ParseAdd("br");
            request.Headers.Range = new RangeHeaderValue(0, 10);
            using HttpResponseMessage response = await listener.Client.SendAsync(request);
            Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Page));
            Assert.That(response.Content.Headers.ContentEncoding, Is.Empty);
        }
    }

    [Test]
    public async Task Compression_can_be_turned_off()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.Compress = false);
        listener.Senders.Handler = exchange => Serve(exchange, Page);
        using HttpResponseMessage response = await GetAsync(listener, "br");
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Page));
        Assert.That(response.Headers.Vary, Is.EqualTo(new[] { "Cookie" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Conditions_reach_the_origin_as_it_compares_them(bool compress)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.Compress = compress);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/page");
        request.Headers.TryAddWithoutValidation("If-Match", "W/\"v1-railgun\", \"v2\", W/\"v3\"");
        request.Headers.TryAddWithoutValidation("If-None-Match", "W/\"v1-railgun\"");
        request.Headers.TryAddWithoutValidation("If-Range", "W/\"v1-railgun\"");
        Task<HttpResponseMessage> asked = listener.Client.SendAsync(request);
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Head.Fields.First("If-Match"), Is.EqualTo("\"v1\", \"v2\", W/\"v3\""));
        Assert.That(exchange.Head.Fields.First("If-None-Match"), Is.EqualTo("\"v1\""));
        Assert.That(exchange.Head.Fields.First("If-Range"), Is.EqualTo("W/\"v1-railgun\""));
        exchange.Answer(204, "");
        (await asked).Dispose();
    }

    [Test]
    public async Task A_condition_in_several_lines_reaches_the_origin_whole()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("PUT /page HTTP/1.1\r\nHost: shop.example\r\nIf-Match: \"v1\"\r\nIf-Match: W/\"v2-railgun\", \"v3\"\r\nContent-Length: 0\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Head.Fields.Where(field => field.Name == "If-Match").Select(field => field.Value), Is.EqualTo(new[] { "\"v1\", \"v2\", \"v3\"" }));
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
    }

    [TestCase("W/\"v1-railgun\"", "W/\"v1-railgun\"", true)]
    [TestCase("W/\"v1\"", "\"v1\"", false)]
    [TestCase("\"v1\"", "\"v1\"", false)]
    public async Task A_304_has_the_tag_of_what_the_client_holds(string held, string expected, bool varies)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => exchange.Answer(304, "", ("ETag", "\"v1\""));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page");
        request.Headers.TryAddWithoutValidation("If-None-Match", held);
        using HttpResponseMessage response = await listener.Client.SendAsync(request);
        Assert.That(response.Headers.ETag!.ToString(), Is.EqualTo(expected));
        Assert.That(response.Headers.Vary, varies ? Is.EqualTo(new[] { "Accept-Encoding" }) : Is.Empty);
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("zstd")]
    public async Task What_came_before_a_pause_reaches_the_client_during_the_pause(string coding)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page");
        request.Headers.AcceptEncoding.ParseAdd(coding);
        Task<HttpResponseMessage> asked = listener.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200, null, ("Content-Type", "text/html"));
        exchange.SendData("the first part");
        using HttpResponseMessage response = await asked;
        using Stream plain = Decoder(coding, await response.Content.ReadAsStreamAsync());
        byte[] buffer = new byte[100];
        await plain.ReadExactlyAsync(buffer.AsMemory(0, 14)).AsTask().WaitAsync(Patience.Limit);
        Assert.That(buffer.AsSpan(0, 14).SequenceEqual("the first part"u8));
        exchange.SendData("the second");
        await plain.ReadExactlyAsync(buffer.AsMemory(0, 10)).AsTask().WaitAsync(Patience.Limit);
        Assert.That(buffer.AsSpan(0, 10).SequenceEqual("the second"u8));
        exchange.SendEnd();
        Assert.That(await plain.ReadAsync(buffer).AsTask().WaitAsync(Patience.Limit), Is.Zero);
        await EdgeListener.NothingIsHeldAsync();
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("zstd")]
    public async Task An_empty_and_a_large_body_end_well(string coding)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        byte[] large = new byte[3_000_000];
        new Random(9).NextBytes(large.AsSpan(1_000_000, 1_000_000));
        foreach (byte[] body in new[] { [], large })
        {
            listener.Senders.Handler = exchange =>
            {
                exchange.SendHead(200, null, ("Content-Type", "text/plain"));
                for (int at = 0; at < body.Length; at += Limits.MaxFramePayload)
                {
                    exchange.SendData(body.AsSpan(at, Math.Min(Limits.MaxFramePayload, body.Length - at)));
                }

                exchange.SendEnd();
            };
            using HttpResponseMessage response = await GetAsync(listener, coding);
            Assert.That(Decode(coding, await response.Content.ReadAsByteArrayAsync()), Is.EqualTo(body));
        }
    }

    [Test]
    public async Task A_client_that_leaves_during_a_pause_leaves_nothing_behind()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("GET /page HTTP/1.1\r\nHost: shop.example\r\nAccept-Encoding: br\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200, null, ("Content-Type", "text/html"));
        exchange.SendData(Page);
        await client.ReadUntilAsync("\r\n\r\n");
        client.Dispose();
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        await EdgeListener.NothingIsHeldAsync();
    }

    private static void Serve(FakeExchange exchange, byte[] body, int status = 200)
    {
        exchange.SendHead(
            status, null, ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", $"{Page.Length}"), ("ETag", "\"v1\""), ("Vary", "Cookie"),
            ("Accept-Ranges", "bytes"));
        if (body.Length > 0)
        {
            exchange.SendData(body);
        }

        exchange.SendEnd();
    }

    private static Task<HttpResponseMessage> GetAsync(EdgeListener listener, string? accepts)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/page");
        if (accepts is not null)
        {
            request.Headers.AcceptEncoding.ParseAdd(accepts);
        }

        return listener.Client.SendAsync(request);
    }

    private static string Told(HttpResponseMessage response) =>
        string.Join('\n', response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not ("Date" or "Transfer-Encoding"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order());

    internal static byte[] Decode(string coding, byte[] body)
    {
        using Stream decoder = Decoder(coding, new MemoryStream(body));
        var plain = new MemoryStream();
        decoder.CopyTo(plain);
        return plain.ToArray();
    }

    private static Stream Decoder(string coding, Stream coded) => coding switch
    {
        "gzip" => new GZipStream(coded, CompressionMode.Decompress),
        "br" => new BrotliStream(coded, CompressionMode.Decompress),
        _ => new ZstdSharp.DecompressionStream(coded),
    };
}
