using Railgun.Protocol.Versions;
using Railgun.TestKit;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>How long the offered versions stay pinned: what is pinned is bounded, and all exchanges share it.</summary>
internal sealed class PinTests
{
    [TestCase("text/event-stream")]
    [TestCase("image/png")]
    public async Task A_body_that_takes_no_base_pins_none_while_it_runs(string type)
    {
        using SenderBench bench = new();
        byte[] page = new PageMaker(1).First(60);
        await bench.ViewAsync(SenderBench.Get("/page"), page, []);
        FakeAnswer answer = bench.Origin.Next().Head(200, ("Content-Type", type)).Data([.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i))]);
        FakeExchange exchange = new(SenderBench.Get("/long"), [VersionName.Of(page)]);
        Task handling = bench.HandleAsync(exchange);
        await exchange.UntilAsync(sent => sent.Any(s => s.Kind == SentKind.Data));
        Assert.That(bench.Store.Snapshot().PinnedBytes, Is.Zero);
        answer.End();
        await handling;
    }

    [Test]
    public async Task A_body_pins_only_what_it_is_coded_against()
    {
        using SenderBench bench = new();
        PageMaker pages = new(1);
        byte[] first = pages.First(60);
        byte[] second = pages.Next(3);
        byte[] other = new PageMaker(2).First(90);
        await bench.ViewAsync(SenderBench.Get("/page"), first, []);
        await bench.ViewAsync(SenderBench.Get("/other"), other, []);
        FakeAnswer answer = bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(second);
        FakeExchange exchange = new(SenderBench.Get("/page"), [VersionName.Of(first), VersionName.Of(other)]);
        Task handling = bench.HandleAsync(exchange);
        await exchange.UntilAsync(sent => sent.Any(s => s.Kind == SentKind.Segment));
        Assert.That(bench.Store.Snapshot().PinnedBytes, Is.EqualTo(first.Length));
        answer.End();
        await handling;
        Assert.That(Receiver.Read(exchange, first, other), Is.EqualTo(second));
    }
}
