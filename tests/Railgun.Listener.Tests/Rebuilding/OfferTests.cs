using System.Net;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Rebuilding;

/// <summary>What requests offer as bases, and to whom.</summary>
internal sealed class OfferTests
{
    private readonly PageMaker _pages = new(10);

    [Test]
    public async Task Two_versions_of_the_page_are_offered_newest_first()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        byte[][] bodies = [_pages.First(5), _pages.Next(1), _pages.Next(1)];
        foreach (byte[] body in bodies)
        {
            await ServeAsync(listener, "/page", body);
        }

        FakeExchange exchange = await AskAsync(listener, "/page");
        Assert.That(exchange.Offers, Is.EqualTo(new[] { VersionName.Of(bodies[2]), VersionName.Of(bodies[1]) }));
        exchange.Answer(204, "");
    }

    [Test]
    public async Task Users_with_different_sessions_never_share_and_those_with_other_analytics_do()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        byte[] ann = _pages.First(5);
        await ServeAsync(listener, "/page", ann, ("Cookie", "session=ann; _ga=1"));
        (string Cookie, bool Offered)[] cases = [("session=bob", false), ("", false), ("session=ann; _ga=2; _gid=3", true), ("session=ann", true)];
        foreach ((string cookie, bool offered) in cases)
        {
            FakeExchange exchange = await AskAsync(listener, "/page", cookie.Length == 0 ? [] : [("Cookie", cookie)]);
            Assert.That(exchange.Offers, offered ? Is.EqualTo(new[] { VersionName.Of(ann) }) : Is.Empty, cookie);
            exchange.Answer(204, "");
        }
    }

    [TestCase("Cache-Control", "no-store")]
    [TestCase("Cache-Control", "private")]
    [TestCase("Set-Cookie", "session=1")]
    public async Task What_may_not_be_shared_is_not_kept(string name, string value)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await ServeAsync(listener, "/page", _pages.First(5), fields: [(name, value)], kept: false);
        FakeExchange exchange = await AskAsync(listener, "/page");
        Assert.That(exchange.Offers, Is.Empty);
        exchange.Answer(204, "");
    }

    [Test]
    public async Task What_the_sender_does_not_keep_is_not_kept_here()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        FakeExchange exchange = await AskAsync(listener, "/page");
        exchange.SendHead(200, BodyCoding.AsItIs, ("Content-Type", "text/html"));
        exchange.SendData("page");
        exchange.SendEnd();
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        Assert.That((exchange.StoredVersions.Count, listener.Store.Snapshot().Versions), Is.EqualTo((0, 0)));
    }

    [TestCase("HEAD")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    public async Task Methods_whose_answer_is_no_page_offer_nothing(string method)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await ServeAsync(listener, "/page", _pages.First(5));
        Task<HttpResponseMessage> asked = listener.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/page"));
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Offers, Is.Empty);
        exchange.Answer(204, "");
        (await asked).Dispose();
        Assert.That((await listener.AccessAsync(2))[1].GetProperty("noBase").GetString(), Is.EqualTo("method"));
    }

    [Test]
    public async Task A_page_whose_last_answer_could_not_be_coded_offers_nothing_until_one_can()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await ServeAsync(listener, "/page", _pages.First(5));
        FakeExchange exchange = await AskAsync(listener, "/page");
        Assert.That(exchange.Offers, Is.Not.Empty);
        exchange.Answer(200, "packed", ("Content-Type", "image/png"));
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");

        exchange = await AskAsync(listener, "/page");
        Assert.That(exchange.Offers, Is.Empty);
        byte[] page = _pages.Next(1);
        exchange.SendHead(200, new BodyCoding(Codec.Identity, Kept: true), ("Content-Type", "text/html"));
        exchange.SendData(page);
        exchange.SendEnd();
        await Patience.UntilAsync(() => exchange.StoredVersions.Count == 1, "the page is kept");

        exchange = await AskAsync(listener, "/page");
        Assert.That(exchange.Offers[0], Is.EqualTo(VersionName.Of(page)));
        exchange.Answer(204, "");
        Assert.That((await listener.AccessAsync(4))[2].GetProperty("noBase").GetString(), Is.EqualTo("last-uncoded"));
    }

    [Test]
    public async Task Offers_are_pinned_until_the_answer_names_its_base()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        (byte[] first, byte[] second) = (_pages.First(5), _pages.Next(1));
        await ServeAsync(listener, "/page", first);
        await ServeAsync(listener, "/page", second);
        FakeExchange exchange = await AskAsync(listener, "/page");
        Assert.That(listener.Store.Snapshot().PinnedBytes, Is.EqualTo(first.Length + second.Length));
        exchange.SendHead(200, new BodyCoding(Codec.DenseDelta, Base: 1), ("Content-Type", "text/html"));
        await Patience.UntilAsync(() => listener.Store.Snapshot().PinnedBytes == first.Length, "only the base is pinned");
        exchange.SendSegment(Coded.Delta(first, second), second.Length, Coded.Check(second));
        exchange.SendEnd();
        await Patience.UntilAsync(() => listener.Store.Snapshot().PinnedBytes == 0, "nothing is pinned");
        Assert.That((await listener.AccessAsync(3))[2].GetProperty("base").GetString(), Is.EqualTo(VersionName.Of(first).ToString()));
    }

    [Test]
    public async Task Offers_of_a_request_that_fails_or_is_left_are_let_go()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await ServeAsync(listener, "/page", _pages.First(5));
        (await AskAsync(listener, "/page")).SendFault(new Fault(Stage.Sender, ResetCode.Internal, "failed"));
        await Patience.UntilAsync(() => listener.Store.Snapshot().PinnedBytes == 0, "nothing is pinned after a fault");
        using (RawClient client = await RawClient.ConnectAsync(listener.Endpoint))
        {
            await client.SendAsync($"GET /page HTTP/1.1\r\nHost: {listener.Endpoint.Authority}\r\n\r\n");
            Assert.That((await listener.Senders.NextAsync()).Offers, Is.Not.Empty);
        }

        await Patience.UntilAsync(() => listener.Store.Snapshot().PinnedBytes == 0, "nothing is pinned after the client has left");
    }

    private static async Task<FakeExchange> AskAsync(EdgeListener listener, string target, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        foreach ((string name, string value) in fields)
        {
            request.Headers.Add(name, value);
        }

        _ = listener.Client.SendAsync(request).ContinueWith(static asked => _ = asked.Exception, TaskScheduler.Default);
        return await listener.Senders.NextAsync();
    }

    private static Task ServeAsync(EdgeListener listener, string target, byte[] body, params (string Name, string Value)[] request) =>
        ServeAsync(listener, target, body, [], kept: true, request);

    private static async Task ServeAsync(
        EdgeListener listener, string target, byte[] body, (string, string)[] fields, bool kept, params (string Name, string Value)[] request)
    {
        FakeExchange exchange = await AskAsync(listener, target, request);
        exchange.SendHead(200, new BodyCoding(Codec.Identity, Kept: true), [("Content-Type", "text/html"), .. fields]);
        exchange.SendData(body);
        exchange.SendEnd();
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        Assert.That(exchange.StoredVersions, Has.Count.EqualTo(kept ? 1 : 0));
    }
}
