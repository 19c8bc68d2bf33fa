using System.Net;
using System.Text;
using Railgun.Listener.Tests.Support;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>Request bodies on their way to the sender.</summary>
internal sealed class RequestBodyTests
{
    [Test]
    public async Task A_body_crosses_piece_by_piece_while_the_answer_already_comes()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("POST /echo HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.HasBody);
        Assert.That(await exchange.ReadBodyAsync(), Is.EqualTo("abc"u8.ToArray()));
        exchange.SendHead(200);
        exchange.SendData("ABC");
        Assert.That(await client.ReadUntilAsync("ABC"), Does.EndWith("ABC\r\n").Or.EndWith("ABC"));
        await client.SendAsync("2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
        Assert.That(await exchange.ReadBodyAsync(), Is.EqualTo("de"u8.ToArray()));
        Assert.That((await exchange.Completed.WaitAsync(Patience.Limit))?.First("X-Sum"), Is.EqualTo("5"));
        exchange.SendData("DE");
        exchange.SendEnd();
        await client.ReadUntilAsync("0\r\n\r\n");
    }

    [Test]
    public async Task A_large_body_with_a_length_crosses_whole()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        byte[] body = new byte[40_000_000];
        new Random(1).NextBytes(body);
        Task<HttpResponseMessage> asked = listener.Client.PostAsync(new Uri("/upload", UriKind.Relative), new ByteArrayContent(body));
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Head.Fields.First("Content-Length"), Is.EqualTo("40000000"));
        Assert.That((await exchange.ReadWholeBodyAsync()).AsSpan().SequenceEqual(body));
        exchange.Answer(200, "done");
        using HttpResponseMessage response = await asked;
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("done"));
    }

    [Test]
    public async Task An_empty_body_is_told_by_its_length()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That((exchange.HasBody, exchange.Head.Fields.First("Content-Length")), Is.EqualTo((false, "0")));
        exchange.Answer(204, "");
        await client.ReadUntilAsync("\r\n\r\n");
    }

    [Test]
    public async Task A_client_that_breaks_off_its_body_never_completes_it()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        FakeExchange exchange;
        using (RawClient client = await RawClient.ConnectAsync(listener.Endpoint))
        {
            await client.SendAsync("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 10\r\n\r\n12345");
            exchange = await listener.Senders.NextAsync();
            Assert.That(await exchange.ReadBodyAsync(), Is.EqualTo("12345"u8.ToArray()));
        }

        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        Assert.That(exchange.Completed.IsCompleted, Is.False);
    }

    [Test]
    public async Task A_body_that_waits_for_100_is_sent_on_the_word_of_the_origin()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendInformational(100);
        Assert.That(await client.ReadUntilAsync("\r\n\r\n"), Does.StartWith("HTTP/1.1 100 "));
        await client.SendAsync("hello");
        Assert.That(Encoding.Latin1.GetString(await exchange.ReadWholeBodyAsync()), Is.EqualTo("hello"));
        exchange.Answer(200, "ok");
        Assert.That(await client.ReadUntilAsync("ok"), Does.StartWith("HTTP/1.1 200 "));
    }

    [Test]
    public async Task A_body_that_is_refused_before_it_is_sent_is_not_asked_for()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.Answer(413, "too much");
        Assert.That(await client.ReadUntilAsync("too much"), Does.StartWith("HTTP/1.1 413 "));
        Assert.That(await exchange.ReadBodyAsync(), Is.Empty);
    }

    [Test]
    public async Task An_origin_that_says_no_100_gets_the_body_after_a_while()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(await client.ReadUntilAsync("\r\n\r\n"), Does.StartWith("HTTP/1.1 100 "));
        await client.SendAsync("hello");
        Assert.That(Encoding.Latin1.GetString(await exchange.ReadWholeBodyAsync()), Is.EqualTo("hello"));
        exchange.Answer(200, "ok");
        Assert.That(await client.ReadUntilAsync("ok"), Does.StartWith("HTTP/1.1 200 "));
    }

    [Test]
    public async Task An_answer_that_ends_early_ends_the_upload()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new EndlessContent(),
        };
        Task<HttpResponseMessage> asked = listener.Client.SendAsync(request);
        FakeExchange exchange = await listener.Senders.NextAsync();
        await exchange.ReadBodyAsync();
        exchange.Answer(507, "full");
        using HttpResponseMessage response = await asked;
        Assert.That((int)response.StatusCode, Is.EqualTo(507));
        await listener.AccessAsync();
    }

    /// <summary>Zeros without end.</summary>
    private sealed class EndlessContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            byte[] zeros = new byte[1000];
            while (true)
            {
                await stream.WriteAsync(zeros);
                await stream.FlushAsync();
                await Task.Delay(1);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
