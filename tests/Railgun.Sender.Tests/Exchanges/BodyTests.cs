using System.Text;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Railgun.Sender.Tests.Coding;
using Railgun.TestKit;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>How bodies of each kind cross the link.</summary>
internal sealed class BodyTests
{
    private static readonly byte[] Page = new PageMaker(2).First(200);

    [TestCase("text/html", Codec.Zstd)]
    [TestCase("application/json", Codec.Zstd)]
    [TestCase("image/svg+xml", Codec.Zstd)]
    [TestCase("", Codec.Zstd)]
    [TestCase("image/png", Codec.Identity)]
    [TestCase("font/woff2", Codec.Identity)]
    [TestCase("text/event-stream", Codec.Identity)]
    [TestCase("application/grpc+proto", Codec.Identity)]
    public async Task The_codec_follows_the_kind(string type, Codec codec)
    {
        using SenderBench bench = new();
        bench.Origin.Next().Head(200, ("Content-Type", type)).Data(Page).End();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(codec));
        Assert.That(Receiver.Read(exchange), Is.EqualTo(Page));
    }

    [TestCase(0b00011u, Codec.Lz4)]
    [TestCase(0b00001u, Codec.Identity)]
    [TestCase(0b00101u, Codec.Zstd)]
    public async Task Only_what_the_listener_understands_is_sent(uint codecs, Codec expected)
    {
        using SenderBench bench = new();
        await bench.ViewAsync(SenderBench.Get("/"), Page, []);
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(Page).End();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/"), VersionName.Of(Page)) { Understands = codecs });
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(expected));
        Assert.That(Receiver.Read(exchange), Is.EqualTo(Page));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo("no-delta"));
    }

    [Test]
    public async Task What_does_not_shrink_goes_as_it_is_whatever_its_type_says()
    {
        byte[] noise = Noise(100_000);
        using SenderBench bench = new();
        FakeExchange exchange = await bench.ViewAsync(SenderBench.Get("/"), noise, []);
        Assert.That(exchange.ResponseHead.Coding, Is.EqualTo(new BodyCoding(Codec.Identity, Kept: true)));
        Assert.That(Receiver.Read(exchange), Is.EqualTo(noise));
    }

    [Test]
    public async Task An_image_asked_for_again_costs_a_few_bytes()
    {
        byte[] image = Noise(100_000);
        using SenderBench bench = new();
        bench.Origin.Next().Head(200, ("Content-Type", "image/jpeg")).Data(image).End();
        FakeExchange first = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/a.jpg")));
        Assert.That(first.ResponseHead.Coding, Is.EqualTo(new BodyCoding(Codec.Identity, Kept: true)));
        bench.Origin.Next().Head(200, ("Content-Type", "image/jpeg")).Data(image).End();
        FakeExchange second = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/a.jpg"), VersionName.Of(image)));
        Assert.That(Receiver.Read(second, image), Is.EqualTo(image));
        Assert.That(second.LinkBytes.Down, Is.LessThan(100));
    }

    [Test]
    public async Task A_large_packed_body_is_not_kept()
    {
        byte[] film = Noise(2 * 1024 * 1024);
        using SenderBench bench = new();
        bench.Origin.Next().Head(200, ("Content-Type", "video/mp4"), ("Content-Length", $"{film.Length}")).Data(film).End();
        FakeExchange known = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/film")));
        Assert.That(known.ResponseHead.Coding, Is.EqualTo(BodyCoding.AsItIs));
        bench.Origin.Next().Head(200, ("Content-Type", "video/mp4")).Data(film).End();
        FakeExchange unknown = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/film")));
        Assert.That(unknown.Sent.Any(s => s.Kind == SentKind.Stored), Is.False);
        Assert.That(bench.Store.Snapshot().Versions, Is.Zero);
    }

    [Test]
    public async Task A_tiny_body_goes_as_it_is_and_is_kept()
    {
        using SenderBench bench = new();
        FakeExchange exchange = await bench.ViewAsync(SenderBench.Get("/"), "{\"ok\":true}"u8.ToArray(), []);
        Assert.That(exchange.ResponseHead.Coding, Is.EqualTo(new BodyCoding(Codec.Identity, Kept: true)));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo("tiny"));
    }

    [Test]
    public async Task A_part_passes_as_it_is()
    {
        using SenderBench bench = new();
        bench.Origin.Next().Head(206, ("Content-Type", "text/html"), ("Content-Range", "bytes 0-9999/20000")).Data(Page).End();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/", ("Range", "bytes=0-9999"))));
        Assert.That(exchange.ResponseHead.Coding, Is.EqualTo(BodyCoding.AsItIs));
        Assert.That(Receiver.Read(exchange), Is.EqualTo(Page));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo("partial"));
    }

    [Test]
    public async Task A_base_that_has_nothing_of_the_body_is_not_used()
    {
        using SenderBench bench = new();
        byte[] other = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 10007},")));
        await bench.ViewAsync(SenderBench.Get("/"), other, []);
        FakeExchange exchange = await bench.ViewAsync(SenderBench.Get("/"), Page, [VersionName.Of(other)]);
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(Codec.Zstd));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo("unlike"));
    }

    [Test]
    public async Task A_page_of_10_MB_comes_in_proved_segments_and_again_as_a_delta()
    {
        byte[] before = new byte[10 * 1024 * 1024];
        for (int i = 0; i < before.Length; i += Page.Length)
        {
            Page.AsSpan(0, Math.Min(Page.Length, before.Length - i)).CopyTo(before.AsSpan(i));
            before[i] = (byte)i;
        }

        byte[] after = (byte[])before.Clone();
        after[5_000_000] ^= 1;
        using SenderBench bench = new();
        FakeExchange first = await bench.ViewAsync(SenderBench.Get("/"), before, [], ("Content-Length", $"{before.Length}"));
        Assert.That(Receiver.Read(first), Is.EqualTo(before));
        FakeExchange second = await bench.ViewAsync(SenderBench.Get("/"), after, [VersionName.Of(before)]);
        Assert.That(Receiver.Read(second, before), Is.EqualTo(after));
        Assert.That(second.LinkBytes.Down, Is.LessThan(4000));
    }

    [TestCase("gzip")]
    [TestCase("x-gzip")]
    [TestCase("br")]
    [TestCase("deflate")]
    public async Task A_body_that_the_origin_compressed_is_decoded_so_that_it_can_be_a_version(string coding)
    {
        using SenderBench bench = new();
        bench.Origin.Next()
            .Head(200, ("Content-Type", "text/html"), ("Content-Encoding", coding), ("Content-Length", "77"), ("ETag", "\"a\""))
            .Data(Packed.As(coding, Page)).End();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/", ("Accept-Encoding", "gzip, br"))));
        Assert.That(bench.Origin.Asked.Single().Fields.First("Accept-Encoding"), Is.EqualTo("identity"));
        Assert.That(exchange.ResponseHead.Head!.Fields.Select(f => $"{f.Name}: {f.Value}"), Is.EqualTo(new[] { "Content-Type: text/html", "ETag: W/\"a-railgun\"" }));
        Assert.That(exchange.ResponseHead.Coding, Is.EqualTo(new BodyCoding(Codec.Zstd, Kept: true)));
        Assert.That(Receiver.Read(exchange), Is.EqualTo(Page));
    }

    [Test]
    public async Task No_transform_keeps_the_origins_coding()
    {
        byte[] packed = Packed.As("gzip", Page);
        using SenderBench bench = new();
        bench.Origin.Next().Head(200, ("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Cache-Control", "no-transform")).Data(packed).End();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(exchange.ResponseHead.Head!.Fields.First("Content-Encoding"), Is.EqualTo("gzip"));
        Assert.That(exchange.ResponseHead.Coding, Is.EqualTo(BodyCoding.AsItIs));
        Assert.That(Receiver.Read(exchange), Is.EqualTo(packed));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo("coded"));
    }

    [Test]
    public async Task A_body_that_is_not_what_its_coding_says_is_broken_and_never_wrong()
    {
        byte[] packed = Packed.As("gzip", Page);
        packed.AsSpan(packed.Length / 2, 50).Fill(0xAA);
        using SenderBench bench = new();
        bench.Origin.Next().Head(200, ("Content-Type", "text/html"), ("Content-Encoding", "gzip")).Data(packed).End();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(exchange.Sent.Any(s => s.Kind is SentKind.Stored), Is.False);
        Assert.That(exchange.Sent[^1].Kind == SentKind.Abort || exchange.ResponseHead.Head!.Status == 502);
    }

    [Test]
    public async Task A_gzip_bomb_is_cut_off()
    {
        byte[] bomb = Packed.As("gzip", new byte[64 * 1024 * 1024]);
        using SenderBench bench = new();
        bench.Origin.Next().Head(200, ("Content-Type", "text/html"), ("Content-Encoding", "gzip")).Data(bomb).End();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(exchange.Sent[^1].Fault!.Code, Is.EqualTo(ResetCode.LimitExceeded));
        Assert.That(exchange.Sent.Sum(s => (long)s.TargetLength), Is.LessThan(17 * 1024 * 1024));
    }

    private static byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        new Random(3).NextBytes(noise);
        return noise;
    }
}
