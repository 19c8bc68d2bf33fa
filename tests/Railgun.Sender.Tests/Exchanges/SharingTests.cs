using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Railgun.TestKit;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>Which base is named, and for whom (design: decision 10).</summary>
internal sealed class SharingTests
{
    private readonly byte[] _first;
    private readonly byte[] _second;

    public SharingTests()
    {
        PageMaker pages = new(1);
        _first = pages.First(60);
        _second = pages.Next(3);
    }

    [Test]
    public async Task The_second_view_is_a_small_delta_against_the_first()
    {
        using SenderBench bench = new();
        FakeExchange first = await bench.ViewAsync(SenderBench.Get("/"), _first, []);
        Assert.That(first.ResponseHead.Coding, Is.EqualTo(new BodyCoding(Codec.Zstd, Kept: true)));
        Assert.That(Receiver.Read(first), Is.EqualTo(_first));
        Assert.That(Stored(first), Is.EqualTo(VersionName.Of(_first)));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo("not-offered"));

        FakeExchange second = await bench.ViewAsync(SenderBench.Get("/"), _second, [Stored(first)]);
        Assert.That(second.ResponseHead.Coding, Is.EqualTo(new BodyCoding(Codec.Delta, Base: 0, Kept: true)));
        Assert.That(Receiver.Read(second, _first), Is.EqualTo(_second));
        Assert.That(second.LinkBytes.Down, Is.LessThan(_second.Length / 20));
        Assert.That(bench.LastLine().GetProperty("base").GetString(), Is.EqualTo(Stored(first).ToString()));
        Assert.That(bench.NoBaseOfLast(), Is.Null);
    }

    [Test]
    public async Task The_version_is_told_before_the_end_so_that_the_next_request_can_offer_it()
    {
        using SenderBench bench = new();
        FakeExchange first = await bench.ViewAsync(SenderBench.Get("/"), _first, []);
        Assert.That(first.Sent.Select(s => s.Kind), Is.EqualTo(new[] { SentKind.Head, SentKind.Segment, SentKind.Stored, SentKind.End }));
    }

    [TestCase("session=a", "session=a", true)]
    [TestCase("session=a", "session=b", false)]
    [TestCase("session=a", "", false)]
    [TestCase("_ga=1; session=a", "session=a; _ga=2", true)]
    [TestCase("_ga=1", "_ga=2", true)]
    [TestCase("", "session=a", true)]
    public async Task Users_share_a_base_only_where_they_are_the_same_or_nobody(string before, string now, bool shared)
    {
        using SenderBench bench = new();
        FakeExchange first = await bench.ViewAsync(WithCookie("/", before), _first, []);
        FakeExchange second = await bench.ViewAsync(WithCookie("/", now), _second, [VersionName.Of(_first)]);
        Assert.That(first.ResponseHead.Coding.Kept);
        Assert.That(second.ResponseHead.Coding.Base >= 0, Is.EqualTo(shared));
        Assert.That(Receiver.Read(second, _first), Is.EqualTo(_second));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo(shared ? null : "not-held"));
    }

    [TestCase("Authorization", "Basic YQ==", "Basic Yg==")]
    [TestCase("X-Api-Key", "1", "2")]
    public async Task Other_credentials_keep_users_apart_too(string name, string one, string other)
    {
        using SenderBench bench = new(credentials: new CredentialOptions { CredentialHeaders = ["x-api-*"] });
        await bench.ViewAsync(SenderBench.Get("/", (name, one)), _first, []);
        FakeExchange second = await bench.ViewAsync(SenderBench.Get("/", (name, other)), _second, [VersionName.Of(_first)]);
        Assert.That(second.ResponseHead.Coding.Base, Is.EqualTo(-1));
    }

    [TestCase("cross-site", false)]
    [TestCase("same-origin", true)]
    public async Task A_request_from_another_site_with_credentials_gets_public_bases_only(string site, bool own)
    {
        using SenderBench bench = new();
        await bench.ViewAsync(WithCookie("/", "session=a"), _first, []);
        FakeExchange second = await bench.ViewAsync(
            SenderBench.Get("/", ("Cookie", "session=a"), ("Sec-Fetch-Site", site)), _second, [VersionName.Of(_first)]);
        Assert.That(second.ResponseHead.Coding.Base >= 0, Is.EqualTo(own));
    }

    [TestCase("?0", "", Codec.Identity, "cross-site")]
    [TestCase("?1", "", Codec.Zstd, "not-held")]
    [TestCase("?0", "public", Codec.Zstd, "not-held")]
    public async Task What_another_site_can_ask_for_again_and_again_is_not_coded_at_all_unless_it_is_public(string click, string cache, Codec codec, string why)
    {
        using SenderBench bench = new();
        await bench.ViewAsync(WithCookie("/", "session=a"), _first, []);
        RequestHead request = SenderBench.Get("/", ("Cookie", "session=a"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-User", click));
        FakeExchange second = await bench.ViewAsync(request, _second, [VersionName.Of(_first)], ("Cache-Control", cache));
        Assert.That(second.ResponseHead.Coding.Codec, Is.EqualTo(codec));
        Assert.That(Receiver.Read(second), Is.EqualTo(_second));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo(why));
        Assert.That(second.ResponseHead.Coding.Kept, Is.EqualTo(codec != Codec.Identity));
    }

    [TestCase("Cache-Control", "no-store", "no-store")]
    [TestCase("Set-Cookie", "session=new", "set-cookie")]
    [TestCase("Cache-Control", "private", "private")]
    public async Task What_is_not_for_everybody_is_not_kept_of_nobody(string name, string value, string reason)
    {
        using SenderBench bench = new();
        FakeExchange first = await bench.ViewAsync(SenderBench.Get("/"), _first, [], (name, value));
        Assert.That(first.ResponseHead.Coding.Kept, Is.False);
        Assert.That(first.Sent.Any(s => s.Kind == SentKind.Stored), Is.False);
        Assert.That(bench.Store.Snapshot().Versions, Is.Zero);
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo(reason));
        Assert.That(Receiver.Read(first), Is.EqualTo(_first));
    }

    [Test]
    public async Task What_is_not_kept_is_still_coded_against_what_is()
    {
        using SenderBench bench = new();
        await bench.ViewAsync(SenderBench.Get("/"), _first, []);
        FakeExchange second = await bench.ViewAsync(SenderBench.Get("/"), _second, [VersionName.Of(_first)], ("Cache-Control", "no-store"));
        Assert.That(second.ResponseHead.Coding, Is.EqualTo(new BodyCoding(Codec.Delta, Base: 0)));
        Assert.That(Receiver.Read(second, _first), Is.EqualTo(_second));
    }

    [Test]
    public async Task An_offer_that_is_not_here_costs_bytes_and_nothing_else()
    {
        using SenderBench bench = new();
        FakeExchange exchange = await bench.ViewAsync(SenderBench.Get("/"), _second, [default, VersionName.Of(_first)]);
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(Codec.Zstd));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo("not-held"));
    }

    [Test]
    public async Task A_page_never_seen_is_coded_against_its_sibling()
    {
        using SenderBench bench = new();
        await bench.ViewAsync(SenderBench.Get("/story/1"), _first, []);
        FakeExchange sibling = await bench.ViewAsync(SenderBench.Get("/story/2"), _second, [default, default, VersionName.Of(_first)]);
        Assert.That(sibling.ResponseHead.Coding.Base, Is.EqualTo(2));
        Assert.That(Receiver.Read(sibling, [], [], _first), Is.EqualTo(_second));
    }

    private static VersionName Stored(FakeExchange exchange) => exchange.Sent.Single(s => s.Kind == SentKind.Stored).Version;

    private static RequestHead WithCookie(string target, string cookie) =>
        cookie.Length == 0 ? SenderBench.Get(target) : SenderBench.Get(target, ("Cookie", cookie));
}
