using System.Text;
using Microsoft.Extensions.Logging;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Exchanges;

internal sealed class ExchangeHandlerTests
{
    [TestCase(OriginFailureKind.Unreachable, 502, "origin: connection refused")]
    [TestCase(OriginFailureKind.NoHead, 502, "origin: connection refused")]
    [TestCase(OriginFailureKind.ConnectTimedOut, 504, "origin: connection refused")]
    [TestCase(OriginFailureKind.HeadTimedOut, 504, "origin: connection refused")]
    [TestCase(OriginFailureKind.Unsendable, 400, "sender: connection refused")]
    public async Task An_origin_that_does_not_answer_is_answered_for_with_stage_and_reason(OriginFailureKind kind, int status, string text)
    {
        using SenderBench bench = new();
        bench.Origin.Next().Fail(kind, "connection refused");
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(exchange.ResponseHead.Head!.Status, Is.EqualTo(status));
        Assert.That(exchange.ResponseHead.Head.Fields.First("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(exchange.ResponseHead.Head.Fields.First("Railgun-Error"), Does.StartWith($"stage={text[..text.IndexOf(':', StringComparison.Ordinal)]}, code="));
        string body = Encoding.UTF8.GetString(Receiver.Read(exchange));
        Assert.That(body, Does.StartWith(text));
        Assert.That(exchange.ResponseHead.Head.Fields.First("Content-Length"), Is.EqualTo($"{body.Length}"));
        Assert.That(exchange.Sent[^1].Kind, Is.EqualTo(SentKind.End));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo("own-answer"));
        Assert.That(bench.LastLine().GetProperty("reason").GetString(), Is.EqualTo("connection refused"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_credit_of_a_body_that_the_origin_never_took_goes_back_to_the_lane(bool early)
    {
        using SenderBench bench = new();
        FakeAnswer answer = bench.Origin.Next();
        FakeExchange exchange = new(SenderBench.Request("POST", "/")) { RequestHasBody = true };
        if (early)
        {
            exchange.Upload(new byte[1000]);
        }

        Task handling = bench.HandleAsync(exchange);
        answer.Fail(OriginFailureKind.Unreachable, "connection refused");
        await handling;
        if (!early)
        {
            exchange.Upload(new byte[1000]);
        }

        Assert.That(() => exchange.BytesConsumed, Is.EqualTo(1000).After(5000, 10));
    }

    [Test]
    public async Task An_outage_is_one_warning_and_its_end_one_line()
    {
        using SenderBench bench = new();
        for (int i = 0; i < 5; i++)
        {
            bench.Origin.Next().Fail(OriginFailureKind.Unreachable, "connection refused");
            await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        }

        Assert.That(bench.Log.Lines, Is.EqualTo(new[] { (LogLevel.Warning, "The origin is down: connection refused") }));
        await bench.ViewAsync(SenderBench.Get("/"), "up again"u8.ToArray(), []);
        Assert.That(bench.Log.Lines[^1].Text, Does.StartWith("The origin answers again, after 5 failed exchanges"));
        Assert.That(bench.Log.Lines, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_failure_before_the_first_byte_of_the_body_is_still_an_answer()
    {
        using SenderBench bench = new();
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Fail(OriginFailureKind.BodyBroken);
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(exchange.ResponseHead.Head!.Status, Is.EqualTo(502));
    }

    [Test]
    public async Task A_body_that_breaks_off_after_the_head_is_reset_with_the_origins_code()
    {
        using SenderBench bench = new();
        FakeAnswer answer = bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(new byte[100]);
        FakeExchange exchange = new(SenderBench.Get("/"));
        Task handling = bench.HandleAsync(exchange);
        await exchange.UntilAsync(sent => sent.Any(s => s.Kind == SentKind.Flush));
        answer.Fail(OriginFailureKind.BodyBroken, "it broke off");
        await handling;
        Assert.That(exchange.Sent[^1].Fault, Is.EqualTo(new Fault(Stage.Origin, ResetCode.OriginBroken, "it broke off")));
        Assert.That(exchange.Sent.Any(s => s.Kind is SentKind.End or SentKind.Stored), Is.False);
        Assert.That(bench.Store.Snapshot().Versions, Is.Zero);
        Assert.That(answer.IsDisposed);
    }

    [Test]
    public async Task A_client_that_leaves_ends_the_question_and_gets_no_answer()
    {
        using SenderBench bench = new();
        FakeAnswer answer = bench.Origin.Next();
        FakeExchange exchange = new(SenderBench.Get("/"));
        Task handling = bench.HandleAsync(exchange);
        exchange.Leave();
        await handling;
        Assert.That(answer.IsDisposed);
        Assert.That(exchange.Sent.Select(s => s.Kind), Is.EqualTo(new[] { SentKind.Abort }));
        Assert.That(bench.LastLine().GetProperty("stage").GetString(), Is.EqualTo("client"));
        Assert.That(bench.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task A_client_that_leaves_in_the_middle_of_a_body_ends_it()
    {
        using SenderBench bench = new();
        FakeAnswer answer = bench.Origin.Next().Head(200, ("Content-Type", "text/html")).Data(new byte[100]);
        FakeExchange exchange = new(SenderBench.Get("/"));
        Task handling = bench.HandleAsync(exchange);
        await exchange.UntilAsync(sent => sent.Any(s => s.Kind == SentKind.Flush));
        exchange.Leave();
        await handling;
        Assert.That(answer.IsDisposed);
        Assert.That(bench.LastLine().GetProperty("stage").GetString(), Is.EqualTo("client"));
        Assert.That(bench.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task Beyond_the_limit_exchanges_are_told_to_come_again_and_the_origin_is_not_asked()
    {
        using SenderBench bench = new(exchanges: 1);
        FakeAnswer slow = bench.Origin.Next();
        FakeExchange first = new(SenderBench.Get("/"));
        Task handling = bench.HandleAsync(first);
        FakeExchange second = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(second.ResponseHead.Head!.Status, Is.EqualTo(503));
        Assert.That(second.ResponseHead.Head.Fields.First("Retry-After"), Is.EqualTo("1"));
        Assert.That(bench.Origin.Asked, Has.Count.EqualTo(1));
        slow.Head(200).Data("ok"u8).End();
        await handling;
        bench.Origin.Next().Head(204).End();
        FakeExchange third = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(third.ResponseHead.Head!.Status, Is.EqualTo(204));
    }

    [TestCase("HEAD", 200)]
    [TestCase("GET", 204)]
    [TestCase("GET", 304)]
    public async Task Without_a_body_the_head_is_all_and_keeps_its_fields(string method, int status)
    {
        using SenderBench bench = new();
        bench.Origin.Next().Head(status, ("ETag", "\"a\""), ("Content-Length", "1000")).End();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Request(method, "/")));
        Assert.That(exchange.ResponseHead.EndsAtHead);
        Assert.That(exchange.ResponseHead.Coding, Is.EqualTo(BodyCoding.AsItIs));
        Assert.That(exchange.ResponseHead.Head!.Fields.First("Content-Length"), Is.EqualTo("1000"));
        Assert.That(exchange.ResponseHead.Head.Fields.First("ETag"), Is.EqualTo("\"a\""));
        Assert.That(exchange.Sent, Has.Count.EqualTo(1));
        Assert.That(bench.NoBaseOfLast(), Is.EqualTo("no-body"));
    }

    [Test]
    public async Task Own_answers_to_HEAD_have_no_body()
    {
        using SenderBench bench = new();
        bench.Origin.Next().Fail(OriginFailureKind.Unreachable);
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Request("HEAD", "/")));
        Assert.That(exchange.Sent, Has.Count.EqualTo(1));
        Assert.That(exchange.ResponseHead.EndsAtHead);
    }

    [Test]
    public async Task Informational_heads_and_trailers_pass()
    {
        using SenderBench bench = new();
        FieldList trailers = new();
        trailers.Add("X-Sum", "1");
        bench.Origin.Next().Informational(103).Head(200, ("Content-Type", "text/plain")).Data("hello"u8).End(trailers);
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(exchange.Sent[0].Head!.Status, Is.EqualTo(103));
        Assert.That(exchange.Sent[^1].Trailers!.First("X-Sum"), Is.EqualTo("1"));
    }

    [Test]
    public async Task An_empty_body_is_the_head_alone()
    {
        using SenderBench bench = new();
        bench.Origin.Next().Head(200, ("Content-Type", "text/html")).End();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(exchange.ResponseHead.EndsAtHead);
        Assert.That(exchange.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_request_whose_body_proves_empty_has_none()
    {
        using SenderBench bench = new();
        FakeAnswer answer = bench.Origin.Next().Head(204).End();
        await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")) { RequestHasBody = true }.EndUpload());
        Assert.That(answer.Body, Is.Null);
    }

    [Test]
    public async Task What_was_read_ahead_of_a_body_that_nobody_wants_is_not_leaked()
    {
        using SenderBench bench = new();
        FakeAnswer answer = bench.Origin.Next().Head(204).End();
        await bench.HandleAsync(new FakeExchange(SenderBench.Request("POST", "/")) { RequestHasBody = true }.Upload("abc"u8));
        Assert.That(answer.Body, Is.Not.Null);
    }

    [Test]
    public async Task A_fault_of_the_senders_own_resets_its_exchange_alone()
    {
        using SenderBench bench = new();
        FakeExchange exchange = await bench.HandleAsync(new FakeExchange(SenderBench.Get("/")));
        Assert.That(exchange.Sent.Single().Fault!.Code, Is.EqualTo(ResetCode.Internal), "The origin had no answer prepared: it threw.");
        Assert.That(bench.Faults.Lines.Single().Level, Is.EqualTo(LogLevel.Error));
        await bench.ViewAsync(SenderBench.Get("/"), "fine"u8.ToArray(), []);
    }
}
