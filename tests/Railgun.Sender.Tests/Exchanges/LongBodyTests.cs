using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Railgun.TestKit;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>What a long body's client does not wait for.</summary>
internal sealed class LongBodyTests
{
    private readonly byte[] _first;
    private readonly byte[] _second;

    public LongBodyTests()
    {
        PageMaker pages = new(47);
        _first = pages.First(2000);
        _second = pages.Next(5);
    }

    [Test]
    public async Task The_beginning_goes_out_while_much_of_the_rest_is_still_coded([Values] bool announced)
    {
        using SenderBench bench = new();
        byte[] page = [.. _second, .. new byte[6 * Limits.MaxSegmentTarget]];
        await bench.ViewAsync(SenderBench.Get("/page"), _first, []);
        (string, string)[] length = announced ? [("Content-Length", $"{page.Length}")] : [];
        FakeExchange exchange = await bench.ViewAsync(SenderBench.Get("/page"), page, [VersionName.Of(_first)], length);
        SentKind[] kinds = [.. exchange.Sent.Select(s => s.Kind).Take(3)];
        Assert.That(kinds, Is.EqualTo(new[] { SentKind.Head, SentKind.Segment, announced ? SentKind.Flush : SentKind.Segment }));
        Assert.That(Receiver.Read(exchange, _first), Is.EqualTo(page));
    }

    [Test]
    public async Task The_index_for_the_next_answer_is_made_behind_this_one_and_holds_nothing_until_then()
    {
        using SenderBench bench = new();
        await bench.ViewAsync(SenderBench.Get("/page"), _first, []);
        TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeExchange exchange = new(SenderBench.Get("/page"), VersionName.Of(_first)) { Written = written.Task, RequestHasBody = true };
        exchange.Upload("nobody reads this"u8).EndUpload();
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(_second).End();
        Task handled = bench.HandleAsync(exchange);
        await exchange.UntilAsync(sent => sent.Any(s => s.Kind == SentKind.End));
        Assert.That(() => bench.Store.Snapshot().PinnedBytes, Is.Zero.After(5000, 10));
        Assert.That(() => exchange.BytesConsumed, Is.EqualTo(17).After(5000, 10));
        long before = bench.Store.Snapshot().IndexBytes;
        written.SetResult();
        await handled;
        Assert.That(bench.Store.Snapshot().IndexBytes, Is.GreaterThan(before));
    }
}
