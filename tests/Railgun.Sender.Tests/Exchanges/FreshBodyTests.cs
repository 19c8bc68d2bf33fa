using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Railgun.TestKit;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>Answers coded against one that the same lane has just carried.</summary>
internal sealed class FreshBodyTests
{
    private readonly byte[] _first;
    private readonly byte[] _second;
    private readonly byte[] _third;

    public FreshBodyTests()
    {
        PageMaker pages = new(31);
        _first = pages.First(200);
        _second = pages.Next(5);
        _third = pages.Next(5);
    }

    [Test]
    public async Task A_coded_body_is_there_for_the_answers_behind_it()
    {
        using SenderBench bench = new();
        FakeExchange exchange = await bench.ViewAsync(SenderBench.Get("/page"), _first, []);
        Assert.That(exchange.CarriedVersion, Is.EqualTo(VersionName.Of(_first)));
        exchange = await bench.ViewAsync(SenderBench.Get("/page"), _second, [VersionName.Of(_first)]);
        Assert.That((exchange.CarriedVersion, exchange.Sent.Count(s => s.Kind == SentKind.Segment)), Is.EqualTo((VersionName.Of(_second), 1)));
    }

    [Test]
    public async Task A_body_of_several_segments_is_there_for_the_answers_behind_it_unless_it_is_too_long([Values] bool tooLong)
    {
        using SenderBench bench = new();
        byte[] page = [.. _first, .. new byte[Retention.MaxPerStream + (tooLong ? 1 : 0) - _first.Length]];
        FakeExchange exchange = await bench.ViewAsync(SenderBench.Get("/page"), page, []);
        Assert.That(exchange.Sent.Count(s => s.Kind == SentKind.Segment), Is.GreaterThan(1));
        Assert.That(exchange.CarriedVersion, Is.EqualTo(tooLong ? default : VersionName.Of(page)));
    }

    [Test]
    public async Task A_body_that_is_not_kept_is_there_for_nobody()
    {
        using SenderBench bench = new();
        FakeExchange exchange = await bench.ViewAsync(SenderBench.Get("/page"), _first, [], ("Cache-Control", "no-store"));
        Assert.That(exchange.CarriedVersion, Is.EqualTo(default(VersionName)));
    }

    [Test]
    public async Task The_fresh_body_is_the_base_though_nothing_was_offered()
    {
        using SenderBench bench = new();
        await bench.ViewAsync(SenderBench.Get("/page"), _first, []);
        FakeExchange exchange = await FreshAsync(bench, SenderBench.Get("/page"), _second, new FreshBody(77, VersionName.Of(_first)));
        BodyCoding coding = exchange.ResponseHead.Coding;
        Assert.That((coding.Codec.IsFresh(), coding.Base, coding.Fresh, coding.Kept), Is.EqualTo((true, -1, 77ul, true)));
        Assert.That(Receiver.Read(exchange, _first), Is.EqualTo(_second));
        Assert.That(bench.LastLine().GetProperty("base").GetString(), Is.EqualTo(VersionName.Of(_first).ToString()));
    }

    [Test]
    public async Task The_fresh_body_goes_before_an_offer_of_the_same_page()
    {
        using SenderBench bench = new();
        await bench.ViewAsync(SenderBench.Get("/page"), _first, []);
        await bench.ViewAsync(SenderBench.Get("/page"), _second, []);
        FakeExchange exchange = await FreshAsync(bench, SenderBench.Get("/page"), _third, new FreshBody(77, VersionName.Of(_second)), VersionName.Of(_first));
        Assert.That(exchange.ResponseHead.Coding.Fresh, Is.EqualTo(77));
    }

    [Test]
    public async Task A_fresh_body_that_was_offered_is_named_as_the_offer()
    {
        using SenderBench bench = new();
        await bench.ViewAsync(SenderBench.Get("/page"), _first, []);
        FakeExchange exchange = await FreshAsync(bench, SenderBench.Get("/page"), _second, new FreshBody(77, VersionName.Of(_first)), VersionName.Of(_first));
        Assert.That((exchange.ResponseHead.Coding.Base, exchange.ResponseHead.Coding.Fresh), Is.EqualTo((0, 0ul)));
    }

    [Test]
    public async Task A_fresh_body_is_not_used_for_somebody_who_may_not_have_it()
    {
        using SenderBench bench = new();
        await bench.ViewAsync(SenderBench.Get("/page", ("Cookie", "sid=alice")), _first, [], ("Cache-Control", "private"));
        FakeExchange exchange = await FreshAsync(bench, SenderBench.Get("/page", ("Cookie", "sid=bob")), _second, new FreshBody(77, VersionName.Of(_first)));
        Assert.That(exchange.ResponseHead.Coding.Fresh, Is.Zero);
    }

    [Test]
    public async Task A_body_too_long_to_be_sent_again_is_not_coded_against_a_fresh_one([Values] bool tooLong)
    {
        using SenderBench bench = new();
        await bench.ViewAsync(SenderBench.Get("/page"), _first, []);
        byte[] page = [.. _second, .. new byte[Retention.MaxPerStream + (tooLong ? 1 : 0) - _second.Length]];
        bench.Origin.Next().Head(200, ("Content-Type", "text/html"), ("Content-Length", $"{page.Length}")).Data(page).End();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/page"), []) { Fresh = new FreshBody(77, VersionName.Of(_first)) });
        Assert.That(exchange.ResponseHead.Coding.Fresh, Is.EqualTo(tooLong ? 0ul : 77ul));
    }

    private static async Task<FakeExchange> FreshAsync(
        SenderBench bench, Railgun.Protocol.Heads.RequestHead head, byte[] page, FreshBody fresh, params VersionName[] offers)
    {
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(page).End();
        return await bench.HandleAsync(new FakeExchange(head, offers) { Fresh = fresh });
    }
}
