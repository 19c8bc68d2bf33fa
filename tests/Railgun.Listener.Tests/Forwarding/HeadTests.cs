using System.Net;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Heads;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>HTTP passes whole: what crosses the link is what the client said, and back.</summary>
internal sealed class HeadTests
{
    [TestCase("/")]
    [TestCase("/a/../b/./c")]
    [TestCase("/a//b///c")]
    [TestCase("/%7Euser/%2e%2E/%2F%41?x=%20&y=+&z=a/../b")]
    [TestCase("/caf%C3%A9;v=1,2'(3)!$*@:?q")]
    [TestCase("/?")]
    [TestCase("/x?a=1&a=2&&=&b")]
    [TestCase("/|^{}[]\"<>`")]
    public async Task The_target_reaches_the_sender_as_it_was_sent(string target)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync($"GET {target} HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Head.Target, Is.EqualTo(target));
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
    }

    [Test]
    public async Task An_absolute_target_is_taken_apart_and_an_asterisk_stays()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("GET http://shop.example:81/a/../b?c HTTP/1.1\r\nHost: shop.example:81\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That((exchange.Head.Target, exchange.Head.Authority), Is.EqualTo(("/a/../b?c", "shop.example:81")));
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");

        await client.SendAsync("OPTIONS * HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        exchange = await listener.Senders.NextAsync();
        Assert.That((exchange.Head.Method, exchange.Head.Target), Is.EqualTo(("OPTIONS", "*")));
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
    }

    [Test]
    public async Task A_request_head_keeps_bytes_repeats_and_method_and_loses_only_what_ends_here()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync(
            "get /x HTTP/1.1\r\nHost: shop.example\r\nX-Latin: caf\u00e9 \u00ff\r\nX-Two: a\r\nX-Two: b, c\r\nX-Empty:\r\n"
            + "Upgrade-Insecure-Requests: 1\r\nAccept-Encoding: gzip, br\r\nCookie: a=1; b=2\r\nRailgun-Key: guess\r\nRailgun: fake\r\nRailguns: kept\r\n"
            + "X-Nominated: secret\r\nKeep-Alive: 5\r\nConnection: X-Nominated\r\nX-Forwarded-For: 192.0.2.66\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        RequestHead head = exchange.Head;
        Assert.Multiple(() =>
        {
            Assert.That((head.Method, head.Scheme, head.Authority, head.Protocol), Is.EqualTo(("get", "http", "shop.example", (string?)null)));
            Assert.That(head.Fields.First("X-Latin"), Is.EqualTo("caf\u00e9 \u00ff"));
            Assert.That(Values(head.Fields, "X-Two"), Is.EqualTo(new[] { "a", "b, c" }));
            Assert.That(Values(head.Fields, "X-Empty"), Is.EqualTo(new[] { "" }));
            Assert.That(head.Fields.First("Upgrade-Insecure-Requests"), Is.EqualTo("1"));
            Assert.That(head.Fields.First("Accept-Encoding"), Is.EqualTo("gzip, br"));
            Assert.That(head.Fields.First("Cookie"), Is.EqualTo("a=1; b=2"));
            Assert.That(head.Fields.First("Railguns"), Is.EqualTo("kept"));
            Assert.That(head.Fields.First("X-Forwarded-For"), Is.EqualTo("127.0.0.1"));
            Assert.That(head.Fields.First("X-Forwarded-Host"), Is.EqualTo("shop.example"));
            Assert.That(head.Fields.First("X-Forwarded-Proto"), Is.EqualTo("http"));
            foreach (string gone in new[] { "Host", "Connection", "Keep-Alive", "X-Nominated", "Railgun-Key", "Railgun" })
            {
                Assert.That(head.Fields.Contains(gone), Is.False, gone);
            }

            Assert.That(exchange.HasBody, Is.False);
        });
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
    }

    [Test]
    public async Task A_head_whose_body_is_silent_goes_out_alone()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("GET /events HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200, null, ("Content-Type", "text/event-stream"));
        Assert.That(await client.ReadUntilAsync("\r\n\r\n"), Does.Contain("Content-Type: text/event-stream"));
        exchange.SendData("data: 1\n\n");
        Assert.That(await client.ReadUntilAsync("data: 1\n\n"), Does.Contain("data: 1\n\n"));
        exchange.SendEnd();
        Assert.That(await client.ReadUntilAsync("0\r\n\r\n"), Does.EndWith("0\r\n\r\n"));
    }

    [Test]
    public async Task A_response_head_keeps_bytes_repeats_and_names()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendInformational(103);
        exchange.Answer(
            200, "hello", ("Content-Length", "5"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Latin", "caf\u00e9"), ("Server", "origin/1"),
            ("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT"), ("Expires", "0"), ("Allow", "GET"), ("X-Odd_Name", "1"), ("Strict-Transport-Security", "max-age=1"));
        string answer = await client.ReadUntilAsync("\r\n\r\nhello");
        Assert.That(answer, Does.StartWith("HTTP/1.1 103 \r\n\r\nHTTP/1.1 200 OK\r\n")
            .And.Contain("\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n").And.Contain("\r\nX-Latin: caf\u00e9\r\n").And.Contain("\r\nServer: origin/1\r\n")
            .And.Contain("\r\nLast-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\n").And.Contain("\r\nExpires: 0\r\n").And.Contain("\r\nAllow: GET\r\n")
            .And.Contain("\r\nX-Odd_Name: 1\r\n").And.Contain("\r\nStrict-Transport-Security: max-age=1\r\n").And.Contain("\r\nContent-Length: 5\r\n"));
        Assert.That(answer, Does.Not.Contain("Transfer-Encoding").And.Not.Contain("Railgun"));
    }

    [Test]
    public async Task Nobody_waits_for_the_body_of_a_client_that_does_not_take_its_1xx()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint, receiveBuffer: 4096);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendInformational(103, new string('a', 16 << 20));
        await Patience.UntilAsync(() => exchange.StoresNothing, "nobody is to wait for it");
    }

    [TestCase(204, "")]
    [TestCase(304, "")]
    [TestCase(205, "")]
    [TestCase(299, "x")]
    [TestCase(418, "teapot")]
    [TestCase(599, "")]
    public async Task A_status_passes_with_the_body_that_it_has(int status, string body)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => exchange.Answer(status, body, ("ETag", "\"e\""), ("X-A", "b"));
        using HttpResponseMessage response = await listener.Client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(body));
        Assert.That(response.Headers.ETag!.ToString(), Is.EqualTo("\"e\""));
    }

    [TestCase("HEAD", 200)]
    [TestCase("GET", 304)]
    public async Task Without_a_body_the_length_of_the_body_that_would_be_is_told(string method, int status)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => exchange.Answer(status, "", ("Content-Length", "123456"), ("Content-Type", "image/png"));
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        for (int i = 0; i < 2; i++)
        {
            await client.SendAsync($"{method} /{i} HTTP/1.1\r\nHost: shop.example\r\n\r\n");
            Assert.That(await client.ReadUntilAsync("\r\n\r\n"), Does.StartWith($"HTTP/1.1 {status} ").And.Contain("Content-Length: 123456"));
        }
    }

    [Test]
    public async Task A_body_with_trailers_crosses_in_both_directions_over_HTTP_2()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/grpc.Service/Call")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent("question"u8.ToArray()),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.TE.Add(new("trailers"));
        Task<HttpResponseMessage> asked = listener.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(await exchange.ReadWholeBodyAsync(), Is.EqualTo("question"u8.ToArray()));
        exchange.SendHead(200, null, ("Content-Type", "application/grpc"));
        using HttpResponseMessage response = await asked;
        exchange.SendData("answer");
        var trailers = new FieldList();
        trailers.Add("grpc-status", "0");
        exchange.SendEnd(trailers);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("answer"));
        Assert.That(response.TrailingHeaders.GetValues("grpc-status"), Is.EqualTo(new[] { "0" }));
    }

    private static IEnumerable<string> Values(FieldList fields, string name) =>
        fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);
}
