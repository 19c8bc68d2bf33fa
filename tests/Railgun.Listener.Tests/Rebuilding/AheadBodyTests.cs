using Railgun.Listener.Rebuilding;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Rebuilding;

/// <summary>Bodies of several segments are taken off the link whatever their client does: others may be coded against them.</summary>
/// <remarks>The client is the test itself where it is to take nothing: between it and a client on loopback are buffers for more than a body.</remarks>
internal sealed class AheadBodyTests
{
    private const int Segment = 50_000;

    private static readonly (string, string)[] Html = [("Content-Type", "text/html")];

    private readonly byte[] _page = new PageMaker(41).First(3000);

    [Test]
    public async Task A_body_is_stored_though_its_client_takes_nothing([Values] bool announced)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await using var taken = new TakenBody(listener, announced ? _page.Length : null);
        SendSegments(taken.Exchange);
        taken.Exchange.SendEnd();
        Assert.That(await taken.TakeAsync());
        await Patience.UntilAsync(() => taken.Exchange.StoredVersions.SequenceEqual([VersionName.Of(_page)]), "it is stored");
        Assert.That((taken.Exchange.VerifiedOffset, taken.Exchange.StoresNothing, taken.Progress.Ended), Is.EqualTo((_page.Length, false, false)));
        Assert.That(listener.Tools.Ahead.Taken, Is.EqualTo(announced ? _page.Length : AheadBody.MostUnannounced), "its memory is the client's still");
        while (await taken.TakeAsync())
        {
        }

        Assert.That(taken.Bytes.SequenceEqual(_page) && taken.Progress.Ended);
        await NothingIsHeldAsync(listener);
    }

    [TestCase(AheadBody.Most, true)]
    [TestCase(AheadBody.Most + 1, false)]
    public async Task A_body_of_unknown_length_is_stored_up_to_the_limit_and_nobody_waits_for_one_beyond(int length, bool stored)
    {
        byte[] page = new byte[length];
        new Random(6).NextBytes(page);
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await using var taken = new TakenBody(listener, announced: null);
        SendSegments(taken.Exchange, page: page);
        Assert.That(await taken.TakeAsync());
        await Patience.UntilAsync(() => taken.Exchange.VerifiedOffset == length, "it is taken");

        // The end comes by itself, behind all that.
        taken.Exchange.SendEnd();
        await Patience.UntilAsync(() => taken.Exchange.StoresNothing || taken.Exchange.StoredVersions.Count > 0, "it is settled");
        Assert.That((taken.Exchange.StoredVersions.Count, taken.Exchange.StoresNothing), Is.EqualTo((stored ? 1 : 0, !stored)));
        while (await taken.TakeAsync())
        {
        }

        Assert.That(taken.Bytes.SequenceEqual(page));
        Assert.That(taken.Exchange.StoredVersions, Is.EqualTo(new[] { VersionName.Of(page) }), "it is here in the end");
        await NothingIsHeldAsync(listener);
    }

    [Test]
    public async Task A_body_that_breaks_off_is_given_as_far_as_it_was_proved()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await using var taken = new TakenBody(listener, _page.Length);
        long sent = SendSegments(taken.Exchange, most: 5);
        Assert.That(await taken.TakeAsync());
        await Patience.UntilAsync(() => taken.Exchange.VerifiedOffset == sent, "it is taken");
        taken.Exchange.SendFault(new Fault(Stage.Origin, ResetCode.OriginBroken, "gone"));
        Assert.That(
            async () =>
            {
                while (await taken.TakeAsync())
                {
                }
            },
            Throws.TypeOf<BrokenBodyException>());
        Assert.That(taken.Bytes.SequenceEqual(_page[..(int)sent]));
        Assert.That((taken.Progress.Ended, taken.Progress.Fault?.Code), Is.EqualTo((false, ResetCode.OriginBroken)));
        taken.Body.Dispose();
        await NothingIsHeldAsync(listener);
    }

    [Test]
    public async Task The_rest_is_asked_for_where_a_later_segment_does_not_prove_right_and_nobody_waits_for_the_body()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        await using var taken = new TakenBody(listener, _page.Length);
        FakeExchange exchange = taken.Exchange;
        long sent = SendSegments(exchange, most: 3);
        Assert.That(await taken.TakeAsync());
        await Patience.UntilAsync(() => exchange.VerifiedOffset == sent, "it is taken");
        exchange.SendSegment("nothing good"u8, 12, check: 7);
        Assert.That(await exchange.Wanted.WaitAsync(Patience.Limit), Is.EqualTo(sent));
        await Patience.UntilAsync(() => exchange.StoresNothing, "nobody waits for it");
        exchange.SendRest();
        exchange.SendData(_page.AsSpan((int)sent));
        exchange.SendEnd();
        while (await taken.TakeAsync())
        {
        }

        Assert.That(taken.Bytes.SequenceEqual(_page));
        Assert.That(exchange.StoredVersions, Is.Empty);
        await NothingIsHeldAsync(listener);
    }

    [Test]
    public async Task Clients_on_the_wire_get_it_whole([Values] bool announced)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        Task<byte[]> asked = listener.Client.GetByteArrayAsync(new Uri("/page", UriKind.Relative));
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200, new BodyCoding(Codec.Zstd, Kept: true), announced ? [.. Html, ("Content-Length", $"{_page.Length}")] : Html);
        SendSegments(exchange);
        exchange.SendEnd();
        Assert.That(await asked, Is.EqualTo(_page));
        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        await NothingIsHeldAsync(listener);
    }

    [Test]
    public async Task A_client_that_goes_leaves_nothing_behind()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        FakeExchange exchange;
        using (RawClient client = await RawClient.ConnectAsync(listener.Endpoint, receiveBuffer: 4096))
        {
            await client.SendAsync("GET /page HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
            exchange = await listener.Senders.NextAsync();
            exchange.SendHead(200, new BodyCoding(Codec.Zstd, Kept: true), Html);
            long sent = SendSegments(exchange, most: 4);
            await Patience.UntilAsync(() => exchange.VerifiedOffset == sent, "it is taken");
        }

        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        await NothingIsHeldAsync(listener);
    }

    [Test]
    public async Task Whenever_its_client_goes_everything_is_given_back_once()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        for (int seed = 0; seed < 24; seed++)
        {
            await LeaveAsync(listener, new Random(seed));
            await NothingIsHeldAsync(listener);
        }
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
        await NothingIsHeldAsync(listener);
    }

    private async Task LeaveAsync(EdgeListener listener, Random random)
    {
        await using var taken = new TakenBody(listener, random.Next(2) > 0 ? _page.Length : null);
        Task sent = Task.Run(() =>
        {
            SendSegments(taken.Exchange);
            taken.Exchange.SendEnd();
        });
        for (int left = random.Next(1, 10); left > 0 && await taken.TakeAsync(); left--)
        {
        }

        // It waits for the next piece, or it does not.
        Task last = random.Next(2) > 0 ? taken.Body.AdvanceAsync(default).AsTask() : Task.CompletedTask;
        taken.Body.Dispose();
        taken.Body.Dispose();
        await last.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(Patience.Limit);
        await taken.Exchange.DisposeAsync();
        await sent;
        Assert.That(taken.Bytes.SequenceEqual(_page[..taken.Bytes.Count]));
        Assert.That(taken.Progress.Ended, Is.EqualTo(taken.Progress.Bytes == _page.Length && taken.Progress.Fault is null));
    }

    private static async Task NothingIsHeldAsync(EdgeListener listener)
    {
        await EdgeListener.NothingIsHeldAsync();
        await Patience.UntilAsync(() => listener.Tools.Ahead.Taken == 0 && listener.Store.Snapshot().BuildingBytes == 0, "all memory given back");
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
}
