using System.Text;
using Microsoft.Extensions.Time.Testing;
using Railgun.Protocol.Engine;
using Railgun.Sender.Coding;
using Railgun.TestKit;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>Nothing is held back for compression's sake, and nothing is sent in crumbs (design: decision 8).</summary>
internal sealed class PauseTests
{
    private static readonly byte[] Page = new PageMaker(2).First(200);

    [Test]
    public async Task A_small_answer_is_not_flushed_before_its_end()
    {
        using SenderBench bench = new();
        FakeExchange exchange = await bench.ViewAsync(SenderBench.Get("/"), Page[..10_000], []);
        Assert.That(exchange.Sent.Any(s => s.Kind == SentKind.Flush), Is.False);
        Assert.That(exchange.Sent.Count(s => s.Kind == SentKind.Segment), Is.EqualTo(1));
    }

    [Test]
    public async Task After_a_millisecond_of_silence_head_and_data_go_out()
    {
        FakeTimeProvider time = new();
        using SenderBench bench = new(time: time);
        FakeAnswer answer = bench.Origin.Next().Head(200, ("Content-Type", "text/html"));
        FakeExchange exchange = new(SenderBench.Get("/"));
        Task handling = bench.HandleAsync(exchange);
        Assert.That(exchange.Sent, Is.Empty, "The head waits for the body.");
        time.Advance(PieceReader.Silence);
        await exchange.UntilAsync(Flushed(1));
        Assert.That(exchange.Sent.Select(s => s.Kind), Is.EqualTo(new[] { SentKind.Head, SentKind.Flush }));

        answer.Data(Page.AsSpan(0, 1000)).Data(Page.AsSpan(1000, 1000));
        await AdvanceUntilAsync(time, exchange, Flushed(2));
        Assert.That(exchange.Sent.Sum(s => s.TargetLength), Is.EqualTo(2000));

        answer.Data(Page.AsSpan(2000)).End();
        await handling;
        Assert.That(Receiver.Read(exchange), Is.EqualTo(Page));
    }

    [TestCase("text/html", Codec.Zstd)]
    [TestCase("application/octet-stream", Codec.Identity)]
    [TestCase("", Codec.Identity)]
    public async Task Where_the_origin_pauses_behind_the_head_only_text_is_coded_untried(string type, Codec codec)
    {
        FakeTimeProvider time = new();
        using SenderBench bench = new(time: time);
        FakeAnswer answer = bench.Origin.Next().Head(200, ("Content-Type", type));
        FakeExchange exchange = new(SenderBench.Get("/"));
        Task handling = bench.HandleAsync(exchange);
        await AdvanceUntilAsync(time, exchange, Flushed(1));
        answer.Data(Page).End();
        await handling;
        Assert.That(exchange.ResponseHead.Coding.Codec, Is.EqualTo(codec));
        Assert.That(Receiver.Read(exchange), Is.EqualTo(Page));
    }

    [Test]
    public async Task A_body_that_keeps_pausing_is_a_stream_and_no_longer_waits()
    {
        FakeTimeProvider time = new();
        using SenderBench bench = new(time: time);
        FakeAnswer answer = bench.Origin.Next().Head(200, ("Content-Type", "application/json"));
        FakeExchange exchange = new(SenderBench.Get("/"));
        Task handling = bench.HandleAsync(exchange);
        for (int i = 1; i <= PieceReader.PausesOfAStream; i++)
        {
            answer.Data("{\"event\":1}\n"u8);
            await AdvanceUntilAsync(time, exchange, Flushed(i));
        }

        answer.Data("{\"event\":2}\n"u8);
        await exchange.UntilAsync(Flushed(PieceReader.PausesOfAStream + 1));
        answer.End();
        await handling;
        Assert.That(Receiver.Read(exchange), Has.Length.EqualTo(12 * (PieceReader.PausesOfAStream + 1)));
    }

    [Test]
    public async Task An_event_stream_passes_at_once_from_its_head_on()
    {
        FakeTimeProvider time = new();
        using SenderBench bench = new(time: time);
        FakeAnswer answer = bench.Origin.Next().Head(200, ("Content-Type", "text/event-stream; charset=utf-8"));
        FakeExchange exchange = new(SenderBench.Get("/"));
        Task handling = bench.HandleAsync(exchange);
        await exchange.UntilAsync(Flushed(1));
        answer.Data("data: 1\n\n"u8);
        await exchange.UntilAsync(Flushed(2));
        answer.Data("data: 2\n\n"u8);
        await exchange.UntilAsync(Flushed(3));
        answer.End();
        await handling;
        Assert.That(Encoding.UTF8.GetString(Receiver.Read(exchange)), Is.EqualTo("data: 1\n\ndata: 2\n\n"));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo("event-stream"));
    }

    private static Func<IReadOnlyList<Sent>, bool> Flushed(int times) => sent => sent.Count(s => s.Kind == SentKind.Flush) >= times;

    // The reader may not wait yet when the clock is moved: move it again until it has noticed.
    private static async Task AdvanceUntilAsync(FakeTimeProvider time, FakeExchange exchange, Func<IReadOnlyList<Sent>, bool> condition)
    {
        for (int i = 0; i < 2000 && !condition(exchange.Sent); i++)
        {
            await Task.Delay(5);
            time.Advance(PieceReader.Silence);
        }

        await exchange.UntilAsync(condition);
    }
}
