using System.Net;
using Railgun.Listener.Tests.Support;

namespace Railgun.Listener.Tests.Clients;

/// <summary>A field that has the name which Kestrel gives to a length that may not be there.</summary>
internal sealed class OwnLengthTests
{
    private const string Body = "3\r\nabc\r\n0\r\nX-Content-Length: 3\r\n\r\n";

    [TestCase("X-Content-Length: 3\r\nTransfer-Encoding: chunked\r\n")]
    [TestCase("Transfer-Encoding: chunked\r\nx-content-length: 3\r\n")]
    public async Task A_clients_own_passes_beside_chunks_and_behind_them(string fields)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync($"POST / HTTP/1.1\r\nHost: shop.example\r\n{fields}\r\n{Body}");
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Head.Fields.Where(static field => field.Name.Equals("X-Content-Length", StringComparison.OrdinalIgnoreCase)).Select(static field => field.Value), Is.EqualTo(new[] { "3" }));
        Assert.That(await exchange.ReadWholeBodyAsync(), Is.EqualTo("abc"u8.ToArray()));
        Assert.That((await exchange.Completed.WaitAsync(Patience.Limit))?.First("X-Content-Length"), Is.EqualTo("3"));
        exchange.Answer(204, "");
        Assert.That(await client.ReadUntilAsync("\r\n\r\n"), Does.StartWith("HTTP/1.1 204 "));
    }

    [TestCase("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "HTTP/1.1 400 ")]
    [TestCase("X-Content-Length: 3\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n", "")]
    [TestCase("Content-Length: 3\r\nTransfer-Encoding: chunked\r\nX-Content-Length: 3\r\n", "")]
    public async Task A_length_beside_chunks_does_not(string fields, string answer)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        Task<FakeExchange> passed = listener.Senders.NextAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync($"POST / HTTP/1.1\r\nHost: shop.example\r\n{fields}\r\n{Body}");

        // Where both are there, Kestrel itself stumbles over the name, and closes without a word.
        Assert.That(await client.ReadUntilAsync("exchange"), Does.StartWith(answer).And.Not.StartWith("HTTP/1.1 2"));
        Assert.That(passed.IsCompleted, Is.False);
    }

    [Test]
    public async Task Over_HTTP_2_it_is_a_field_like_others()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("x-content-length", "seven");
        Task<HttpResponseMessage> asked = listener.Client.SendAsync(request);
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Head.Fields.First("X-Content-Length"), Is.EqualTo("seven"));
        exchange.Answer(204, "");
        (await asked).Dispose();
    }
}
