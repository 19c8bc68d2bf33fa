using Railgun.Listener.Rebuilding;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Rebuilding;

/// <summary>Bodies of several segments are taken off the link whatever their client does: others may be coded against them.</summary>
internal sealed class AheadBodyTests
{
    private const int Segment = 50_000;

    private static readonly (string, string)[] Html = [("Content-Type", "text/html")];

    private readonly byte[] _page = new PageMaker(41).First(3000);

    [Test]
    public async Task A_body_is_stored_though_its_client_takes_nothing([Values] bool announced)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint, receiveBuffer: 4096);
        FakeExchange exchange = await BeginAsync(listener, client, announced);
        SendSegments(exchange);
        exchange.SendEnd();
        await Patience.UntilAsync(() => exchange.StoredVersions.SequenceEqual([VersionName.Of(_page)]), "it is stored");
        Assert.That((exchange.VerifiedOffset, exchange.StoresNothing), Is.EqualTo((_page.Length, false)));
        await ReadAllAsync(client, announced);
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        await EdgeListener.NothingIsHeldAsync();
    }

    [Test]
    public async Task A_body_that_breaks_off_is_given_as_far_as_it_was_proved()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint, receiveBuffer: 4096);
        FakeExchange exchange = await BeginAsync(listener, client, announced: true);
        long sent = SendSegments(exchange, most: 5);
        await Patience.UntilAsync(() => exchange.VerifiedOffset == sent, "it is taken");
        string last = System.Text.Encoding.Latin1.GetString(_page.AsSpan((int)sent - 100, 100));
        Assert.That(await client.ReadUntilAsync(last), Does.EndWith(last));

        // What the client's connection still holds when it breaks is lost with it.
        exchange.SendFault(new Fault(Stage.Origin, ResetCode.OriginBroken, "gone"));
        Assert.That(await client.ReadToEndAsync(), Is.Empty);
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        await EdgeListener.NothingIsHeldAsync();
    }

    [Test]
    public async Task The_rest_is_asked_for_where_a_later_segment_does_not_prove_right_and_nobody_waits_for_the_body()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint, receiveBuffer: 4096);
        FakeExchange exchange = await BeginAsync(listener, client, announced: true);
        long sent = SendSegments(exchange, most: 3);
        await Patience.UntilAsync(() => exchange.VerifiedOffset == sent, "it is taken");
        exchange.SendSegment("nothing good"u8, 12, check: 7);
        Assert.That(await exchange.Wanted.WaitAsync(Patience.Limit), Is.EqualTo(sent));
        await Patience.UntilAsync(() => exchange.StoresNothing, "nobody waits for it");
        exchange.SendRest();
        exchange.SendData(_page.AsSpan((int)sent));
        exchange.SendEnd();
        await ReadAllAsync(client, announced: true);
        Assert.That(exchange.StoredVersions, Is.Empty);
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        await EdgeListener.NothingIsHeldAsync();
    }

    [Test]
    public async Task A_client_that_goes_leaves_nothing_behind()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        FakeExchange exchange;
        using (RawClient client = await RawClient.ConnectAsync(listener.Endpoint, receiveBuffer: 4096))
        {
            exchange = await BeginAsync(listener, client, announced: false);
            long sent = SendSegments(exchange, most: 4);
            await Patience.UntilAsync(() => exchange.VerifiedOffset == sent, "it is taken");
        }

        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        await EdgeListener.NothingIsHeldAsync();
    }

    [Test]
    public async Task A_body_too_long_for_it_comes_whole_at_the_clients_pull()
    {
        byte[] page = new byte[AheadBody.Most + 300_000];
        new Random(5).NextBytes(page);
        await using EdgeListener listener = await EdgeListener.StartAsync();
        Task<byte[]> asked = listener.Client.GetByteArrayAsync(new Uri("/page", UriKind.Relative));
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200, new BodyCoding(Codec.Zstd, Kept: true), Html);
        SendSegments(exchange, page: page);
        exchange.SendEnd();
        Assert.That(await asked, Is.EqualTo(page));
        await Patience.UntilAsync(() => exchange.StoredVersions.SequenceEqual([VersionName.Of(page)]), "it is stored");
        await EdgeListener.NothingIsHeldAsync();
    }

    private async Task<FakeExchange> BeginAsync(EdgeListener listener, RawClient client, bool announced)
    {
        await client.SendAsync("GET /page HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        (string, string)[] fields = announced ? [.. Html, ("Content-Length", $"{_page.Length}")] : Html;
        exchange.SendHead(200, new BodyCoding(Codec.Zstd, Kept: true), fields);
        return exchange;
    }

    private long SendSegments(FakeExchange exchange, int most = int.MaxValue, byte[]? page = null)
    {
        long sent = 0;
        foreach ((byte[] bytes, int length, ulong check) in Coded.Zstd(page ?? _page, Segment).Take(most))
        {
            exchange.SendSegment(bytes, length, check);
            sent += length;
        }

        return sent;
    }

    private async Task ReadAllAsync(RawClient client, bool announced)
    {
        string answer = await client.ReadToEndAsync();
        string body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        string page = System.Text.Encoding.Latin1.GetString(_page);
        if (announced)
        {
            Assert.That(body, Is.EqualTo(page));
        }
        else
        {
            // In chunks, of which the end tells that all came.
            Assert.That(body.Length, Is.GreaterThan(page.Length));
            Assert.That(body, Does.EndWith("0\r\n\r\n"));
        }
    }
}
