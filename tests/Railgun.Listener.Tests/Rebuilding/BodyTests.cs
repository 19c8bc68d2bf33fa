using System.Net;
using System.Text;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Rebuilding;

/// <summary>Bodies as they come off the link: proved before a client sees them, resent where they do not prove right, broken rather than wrong.</summary>
internal sealed class BodyTests
{
    private static readonly (string, string)[] Html = [("Content-Type", "text/html")];

    [Test]
    public async Task The_credit_of_what_a_client_left_behind_goes_back_to_the_lane()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        FakeExchange exchange;
        using (RawClient client = await RawClient.ConnectAsync(listener.Endpoint, receiveBuffer: 4096))
        {
            await client.SendAsync("GET /large HTTP/1.1\r\nHost: shop.example\r\n\r\n");
            exchange = await listener.Senders.NextAsync();
            exchange.SendHead(200, null, ("Content-Type", "image/png"));
            exchange.SendData(new byte[20_000_000]);
            await client.ReadUntilAsync("\r\n\r\n");
        }

        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        await Patience.UntilAsync(() => exchange.ConsumedBytes == 20_000_000, "all credit given back");
    }

    [Test]
    public async Task The_second_version_of_a_page_comes_as_a_delta_against_the_first()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        var maker = new PageMaker(1);
        (byte[] first, byte[] second) = (maker.First(200), maker.Next(10));

        Task<byte[]> asked = listener.Client.GetByteArrayAsync(new Uri("/page", UriKind.Relative));
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Offers, Is.Empty);
        exchange.SendHead(200, new BodyCoding(Codec.Identity, Kept: true), Html);
        exchange.SendData(first);
        exchange.SendEnd();
        Assert.That(await asked, Is.EqualTo(first));
        await Patience.UntilAsync(() => exchange.StoredVersions.Count == 1, "the first version is stored");
        Assert.That(exchange.StoredVersions, Is.EqualTo(new[] { VersionName.Of(first) }));

        asked = listener.Client.GetByteArrayAsync(new Uri("/page", UriKind.Relative));
        exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Offers, Is.EqualTo(new[] { VersionName.Of(first) }));
        byte[] delta = Coded.Delta(first, second);
        Assert.That(delta, Has.Length.LessThan(second.Length / 5));
        exchange.SendHead(200, new BodyCoding(Codec.DenseDelta, Base: 0, Kept: true), Html);
        exchange.SendSegment(delta, second.Length, Coded.Check(second));
        exchange.SendEnd();
        Assert.That(await asked, Is.EqualTo(second));
        await Patience.UntilAsync(() => exchange.StoredVersions.Count == 1, "the second version is stored");
        Assert.That(exchange.StoredVersions, Is.EqualTo(new[] { VersionName.Of(second) }));
        Assert.That((exchange.VerifiedOffset, exchange.ConsumedBytes), Is.EqualTo((second.Length, delta.Length)));
        await EdgeListener.NothingIsHeldAsync();
        Assert.That(listener.Store.Snapshot().PinnedBytes, Is.Zero);
    }

    [TestCase(Codec.Zstd)]
    [TestCase(Codec.DenseDelta)]
    public async Task A_body_of_many_segments_split_over_many_frames_comes_out_whole(Codec codec)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        var maker = new PageMaker(2);
        (byte[] held, byte[] target) = (maker.First(1000), maker.Next(200));
        Hold(listener, "/page", held);
        Task<byte[]> asked = listener.Client.GetByteArrayAsync(new Uri("/page", UriKind.Relative));
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200, new BodyCoding(codec, Base: codec == Codec.Zstd ? -1 : 0, Kept: true), Html);
        long coded = 0;
        foreach ((byte[] bytes, int length, ulong check) in codec == Codec.Zstd ? Coded.Zstd(target, 50_000) : Coded.Deltas(held, target, 50_000))
        {
            int cut = bytes.Length / 3;
            exchange.SendData(bytes.AsSpan(0, cut));
            exchange.SendData(bytes.AsSpan(cut, cut));
            exchange.SendSegment(bytes.AsSpan(2 * cut), length, check);
            coded += bytes.Length;
        }

        exchange.SendEnd();
        Assert.That(await asked, Is.EqualTo(target));
        await Patience.UntilAsync(() => exchange.ConsumedBytes == coded, "all credit given back");
        Assert.That(exchange.VerifiedOffset, Is.EqualTo(target.Length));
        await EdgeListener.NothingIsHeldAsync();
    }

    [Test]
    public async Task LZ4_blocks_come_out_whole()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        byte[] target = new PageMaker(3).First(300);
        Task<byte[]> asked = listener.Client.GetByteArrayAsync(new Uri("/page", UriKind.Relative));
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200, new BodyCoding(Codec.Lz4), Html);
        byte[] block = new byte[K4os.Compression.LZ4.LZ4Codec.MaximumOutputSize(target.Length)];
        int size = K4os.Compression.LZ4.LZ4Codec.Encode(target, block);
        exchange.SendData(block.AsSpan(0, 1000));
        exchange.SendSegment(block.AsSpan(1000, size - 1000), target.Length, Coded.Check(target));
        exchange.SendEnd();
        Assert.That(await asked, Is.EqualTo(target));
        await EdgeListener.NothingIsHeldAsync();
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public async Task A_segment_that_does_not_prove_right_is_never_seen_and_the_rest_comes_in_full(int wrong)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        var maker = new PageMaker(4);
        (byte[] held, byte[] target) = (maker.First(400), maker.Next(40));
        Hold(listener, "/page", held);
        Task<byte[]> asked = listener.Client.GetByteArrayAsync(new Uri("/page", UriKind.Relative));
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200, new BodyCoding(Codec.DenseDelta, Base: 0, Kept: true), [.. Html, ("Content-Length", $"{target.Length}")]);
        int proved = 0;
        int number = 0;
        foreach ((byte[] bytes, int length, ulong check) in Coded.Deltas(held, target, 40_000))
        {
            exchange.SendSegment(bytes, length, number == wrong ? check ^ 1 : check);
            if (number++ == wrong)
            {
                break;
            }

            proved += length;
        }

        Assert.That(await exchange.Wanted.WaitAsync(Patience.Limit), Is.EqualTo(proved));
        exchange.SendRest();
        exchange.SendData(target.AsSpan(proved, 10));
        exchange.SendData(target.AsSpan(proved + 10));
        exchange.SendEnd();
        Assert.That(await asked, Is.EqualTo(target));
        Assert.That(exchange.StoredVersions, Is.Empty, "what was not all proved is not kept");
        await EdgeListener.NothingIsHeldAsync();
        Assert.That(listener.Store.Snapshot().PinnedBytes, Is.Zero);
    }

    [TestCase(Codec.DenseDelta, 0)]
    [TestCase(Codec.DenseDelta, 2)]
    [TestCase(Codec.Delta, 0)]
    [TestCase(Codec.Zstd, -1)]
    [TestCase(Codec.Lz4, -1)]
    [TestCase((Codec)77, -1)]
    public async Task What_cannot_be_decoded_is_asked_for_in_full(Codec codec, int against)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        Hold(listener, "/page", new PageMaker(5).First(10));
        Task<string> asked = listener.Client.GetStringAsync(new Uri("/page", UriKind.Relative));
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200, new BodyCoding(codec, Base: against), Html);
        exchange.SendSegment([0xFF, 0xFE, 0xFD, 0xFC, 1, 2, 3], 1000, 42);
        Assert.That(await exchange.Wanted.WaitAsync(Patience.Limit), Is.Zero);
        exchange.SendRest();
        exchange.SendData("in full");
        exchange.SendEnd();
        Assert.That(await asked, Is.EqualTo("in full"));
        await EdgeListener.NothingIsHeldAsync();
        Assert.That(listener.Store.Snapshot().PinnedBytes, Is.Zero);
    }

    [Test]
    public async Task A_segment_that_claims_more_than_its_bytes_or_the_limit_is_not_decoded()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        byte[] target = new PageMaker(6).First(10);
        foreach (int claimed in new[] { Limits.MaxSegmentTarget + 1, -1, target.Length - 1, target.Length + 1, int.MaxValue })
        {
            Task<string> asked = listener.Client.GetStringAsync(new Uri($"/{claimed}", UriKind.Relative));
            FakeExchange exchange = await listener.Senders.NextAsync();
            exchange.SendHead(200, new BodyCoding(Codec.Zstd), Html);
            (byte[] bytes, _, ulong check) = Coded.Zstd(target, target.Length).Single();
            exchange.SendSegment(bytes, claimed, check);
            Assert.That(await exchange.Wanted.WaitAsync(Patience.Limit), Is.Zero, $"{claimed}");
            exchange.SendRest();
            exchange.SendData("x");
            exchange.SendEnd();
            Assert.That(await asked, Is.EqualTo("x"));
        }

        await EdgeListener.NothingIsHeldAsync();
    }

    [TestCase("fault")]
    [TestCase("short")]
    [TestCase("long")]
    [TestCase("half a segment")]
    [TestCase("end while the rest is awaited")]
    [TestCase("a second head")]
    public async Task What_breaks_after_the_head_breaks_for_the_client_and_never_ends_well(string how)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(listener.Endpoint);
        await client.SendAsync("GET /page HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        bool announced = how is "short" or "long";
        bool coded = how is "half a segment" or "end while the rest is awaited";
        exchange.SendHead(200, new BodyCoding(coded ? Codec.Zstd : Codec.Identity), announced ? [.. Html, ("Content-Length", "10")] : Html);
        if (coded)
        {
            byte[] target = new PageMaker(7).First(2);
            (byte[] bytes, int length, ulong check) = Coded.Zstd(target, target.Length).Single();
            exchange.SendSegment(bytes.AsSpan(0, 1), 0, Coded.Check([]));
            exchange.SendSegment([], 0, Coded.Check([]));
            if (how == "half a segment")
            {
                exchange.SendData(bytes.AsSpan(1, bytes.Length - 2));
            }
            else
            {
                exchange.SendSegment(bytes.AsSpan(1), length, check ^ 1);
                await exchange.Wanted.WaitAsync(Patience.Limit);
            }
        }
        else
        {
            exchange.SendData(how == "long" ? "01234567890" : "0123");
        }

        switch (how)
        {
            case "fault":
                exchange.SendFault(new Fault(Stage.Link, ResetCode.LaneLost, "the lane is gone"));
                break;
            case "a second head":
                exchange.SendHead(200);
                break;
            default:
                exchange.SendEnd();
                break;
        }

        var seen = new StringBuilder();
        byte[] buffer = new byte[4096];
        for (int read; (read = await client.ReadAsync(buffer)) > 0;)
        {
            seen.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        // Where the client has seen nothing yet it can still be told.
        Assert.That(seen.ToString(), Does.StartWith("HTTP/1.1 502 ").And.Contain("\r\n\r\nsender: ").Or.Not.EndWith("0\r\n\r\n"));
        string fault = (await listener.AccessAsync())[0].GetProperty("stage").GetString()!;
        Assert.That(fault, Is.EqualTo(how == "fault" ? "link" : "sender"));
        await EdgeListener.NothingIsHeldAsync();
    }

    [Test]
    public async Task Over_HTTP_2_a_broken_body_resets_its_stream_and_not_the_connection()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        listener.Client.DefaultRequestVersion = HttpVersion.Version20;
        listener.Client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        Task<byte[]> asked = listener.Client.GetByteArrayAsync(new Uri("/", UriKind.Relative));
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200);
        exchange.SendData("half");
        exchange.SendFault(new Fault(Stage.Origin, ResetCode.OriginBroken, "gone"));
        Assert.That(async () => await asked, Throws.InstanceOf<HttpRequestException>());
        asked = listener.Client.GetByteArrayAsync(new Uri("/", UriKind.Relative));
        (await listener.Senders.NextAsync()).Answer(200, "whole");
        Assert.That(await asked, Is.EqualTo("whole"u8.ToArray()));
    }

    [Test]
    public async Task A_client_that_takes_nothing_holds_its_credit_back()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        using RawClient slow = await RawClient.ConnectAsync(listener.Endpoint, receiveBuffer: 4096);
        await slow.SendAsync("GET /slow HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        FakeExchange exchange = await listener.Senders.NextAsync();
        exchange.SendHead(200);
        byte[] piece = new byte[16 * 1024];
        const int Pieces = 4096;
        for (int i = 0; i < Pieces; i++)
        {
            exchange.SendData(piece);
        }

        // Other clients are served meanwhile.
        for (int i = 0; i < 20; i++)
        {
            Task<string> quick = listener.Client.GetStringAsync(new Uri("/quick", UriKind.Relative));
            (await listener.Senders.NextAsync()).Answer(200, "quick");
            Assert.That(await quick, Is.EqualTo("quick"));
        }

        long stuck = exchange.ConsumedBytes;
        Assert.That(stuck, Is.LessThan((long)Pieces * piece.Length / 2), "buffers of sockets take some, but far from all");
        slow.Dispose();
        Assert.That(await exchange.Aborted.WaitAsync(Patience.Limit), Does.StartWith("Cancelled"));
        await EdgeListener.NothingIsHeldAsync();
    }

    [Test]
    public async Task A_client_that_goes_away_before_the_head_ends_its_exchange()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        FakeExchange exchange;
        using (RawClient client = await RawClient.ConnectAsync(listener.Endpoint))
        {
            await client.SendAsync("GET /slow HTTP/1.1\r\nHost: shop.example\r\n\r\n");
            exchange = await listener.Senders.NextAsync();
        }

        await Patience.UntilAsync(() => exchange.IsOver, "the exchange is over");
        Assert.That((await listener.AccessAsync())[0].GetProperty("status").GetInt32(), Is.Zero);
    }

    /// <summary>Puts a version into the listener's store, as if the page had been served before.</summary>
    private static void Hold(EdgeListener listener, string target, byte[] body) =>
        Versions.Put(listener.Store, Versions.Request(listener, target), body);
}
