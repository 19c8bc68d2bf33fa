using System.Net.Sockets;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;

namespace Railgun.Protocol.Tests.Transport;

[CancelAfter(60_000)]
internal sealed class LinkTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_request_crosses_and_its_answer_comes_back_whoever_dials(bool listenerDials)
    {
        await using var pair = new LinkPair(new EchoHandler(), listenerDials: listenerDials);
        Link link = await pair.UpAsync();
        (ResponseHead head, long length) = await GetAsync(link, "/10");
        Assert.That(head.Fields.First("x-target"), Is.EqualTo("/10"));
        Assert.That(length, Is.EqualTo(10));
    }

    [Test]
    public async Task Large_bodies_cross_both_ways_within_the_windows()
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        byte[] body = new byte[10_000_000];
        new Random(1).NextBytes(body);
        await using ListenerExchange exchange = await link.OpenAsync(Head("/"), hasBody: true, [], default);
        Task upload = Task.Run(async () =>
        {
            await exchange.WriteAsync(body, default);
            exchange.Complete();
        });
        using var received = new MemoryStream();
        await ReadAllAsync(exchange, received);
        await upload;
        Assert.That(received.ToArray().AsSpan().SequenceEqual(body));
    }

    [Test]
    public async Task What_is_done_to_an_exchange_that_is_over_does_not_touch_the_next_one()
    {
        var handler = new StaleHandler();
        await using var pair = new LinkPair(handler);
        Link link = await pair.UpAsync();
        int reused = 0;
        for (int i = 0; i < 40; i++)
        {
            ListenerExchange over = await link.OpenAsync(Head("/3"), hasBody: false, [], default);
            using var ignored = new MemoryStream();
            await ReadAllAsync(over, ignored);
            await over.DisposeAsync();
            int free = FreeStreams(link);
            await using ListenerExchange next = await link.OpenAsync(Head("/"), hasBody: true, [], default);
            reused += FreeStreams(link) < free ? 1 : 0;
            await TouchAsync(over);
            await next.WriteAsync("abc"u8.ToArray(), default);
            next.Complete();
            using var received = new MemoryStream();
            await ReadAllAsync(next, received);
            Assert.That(received.ToArray(), Is.EqualTo("abc"u8.ToArray()));
        }

        Assert.That(reused, Is.Positive, "no stream object was used again");
        Assert.That(handler.Read, Is.EqualTo(RequestEventKind.Fault));
    }

    private static int FreeStreams(Link link)
    {
        Lane lane = link.Lanes[0];
        lock (lane.Gate)
        {
            return lane.Engine.Pool.Count;
        }
    }

    private static async Task TouchAsync(ListenerExchange over)
    {
        over.Complete();
        await over.WriteAsync("stale"u8.ToArray(), default);
        over.Consumed(1 << 20);
        over.Verified(1000);
        over.WantRest(0);
        over.Stored(Railgun.Protocol.Versions.VersionName.Of("stale"u8));
        Assert.That((await over.ReadAsync(default)).Kind, Is.EqualTo(ResponseEventKind.Fault));
        Assert.That(await over.FreshAsync(1, default), Is.EqualTo(default(Railgun.Protocol.Versions.VersionName)));
        over.Abort(ResetCode.Cancelled, "stale");
        await over.DisposeAsync();
    }

    [Test]
    public async Task Five_hundred_exchanges_run_at_once()
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        Task<(ResponseHead Head, long Length)>[] all = [.. Enumerable.Range(0, 500).Select(i => GetAsync(link, $"/{i * 100}"))];
        await Task.WhenAll(all);
        Assert.That(all.Select(done => done.Result.Length), Is.EqualTo(Enumerable.Range(0, 500).Select(i => i * 100L)));
    }

    [Test]
    public async Task A_body_that_comes_together_with_its_head_is_not_lost()
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        for (int i = 0; i < 50; i++)
        {
            await using ListenerExchange exchange = await link.OpenAsync(Head("/"), hasBody: true, [], default);
            await exchange.WriteAsync("abc"u8.ToArray(), default);
            exchange.Complete();
            using var received = new MemoryStream();
            await ReadAllAsync(exchange, received);
            Assert.That(received.ToArray(), Is.EqualTo("abc"u8.ToArray()));
        }
    }

    [TestCase("X(y", "1")]
    [TestCase("X-Y", "1\n2")]
    public async Task Trailers_that_cannot_cross_are_let_fall_and_cost_no_lane(string name, string value)
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        await using ListenerExchange exchange = await link.OpenAsync(Head("/"), hasBody: true, [], default);
        await exchange.WriteAsync("abc"u8.ToArray(), default);
        FieldList trailers = new();
        trailers.Add(name, value);
        exchange.Complete(trailers);
        using var received = new MemoryStream();
        await ReadAllAsync(exchange, received);
        Assert.That(received.ToArray(), Is.EqualTo("abc"u8.ToArray()));
        Assert.That(pair.ListenerSaw.Down.Task.IsCompleted, Is.False);
    }

    [Test]
    public async Task A_sender_that_is_not_trusted_is_refused_on_both_sides_with_the_line_to_run()
    {
        await using var pair = new LinkPair(new EchoHandler(), listenerTrusts: false);
        LaneReport here = await pair.ListenerSaw.Refused.Task;
        LaneReport there = await pair.SenderSaw.Refused.Task;
        string line = $"railgun-listener trust {pair.SenderIdentity.Fingerprint} --name shop";
        Assert.That(here.Remedy, Does.Contain(line));
        Assert.That(there.Cause, Does.Contain(line));
        pair.ListenerPeers.Add(pair.SenderIdentity.Fingerprint, "shop");
        Link link = await pair.UpAsync();
        Assert.That((await GetAsync(link, "/5")).Length, Is.EqualTo(5));
    }

    [Test]
    public async Task A_listener_that_is_not_trusted_is_refused_by_the_sender()
    {
        await using var pair = new LinkPair(new EchoHandler(), senderTrusts: false);
        LaneReport sender = await pair.SenderSaw.Refused.Task;
        LaneReport listener = await pair.ListenerSaw.Refused.Task;
        Assert.That(sender.Remedy, Does.Contain("railgun-sender trust SHA256:"));
        Assert.That(listener.Cause, Does.Contain("railgun-sender trust SHA256:"));
    }

    [Test]
    public async Task A_peer_that_is_trusted_no_more_loses_its_lanes()
    {
        await using var pair = new LinkPair(new EchoHandler());
        await pair.UpAsync();
        pair.ListenerPeers.Remove("shop");
        LaneReport down = await pair.SenderSaw.Down.Task;
        Assert.That(down.Cause, Does.Contain("not trusted any more"));
    }

    [Test]
    public async Task Plain_text_on_the_link_port_is_a_failed_connection_that_costs_nobody_else()
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(pair.Endpoint);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        LaneReport failed = await pair.ListenerSaw.Failed.Task;
        Assert.That(failed.Cause, Does.Contain("TLS failed"));
        Assert.That((await GetAsync(link, "/5")).Length, Is.EqualTo(5));
    }

    [Test]
    public async Task Without_a_lane_a_request_fails_as_not_sent_after_the_wait()
    {
        var pair = new LinkPair(new EchoHandler());
        await using (pair)
        {
            Link link = await pair.UpAsync();
            await pair.Sender.DrainAsync(TimeSpan.FromSeconds(5));
            await pair.ListenerSaw.Down.Task;
            LinkUnavailableException? e = Assert.ThrowsAsync<LinkUnavailableException>(() => GetAsync(link, "/5"));
            Assert.That(e!.Fault.RequestUnsent);
        }
    }

    [TestCase("X-Y", "1\n2", ResetCode.Refused)]
    [TestCase("X(y", "1", ResetCode.Refused)]
    [TestCase("X-Y", null, ResetCode.LimitExceeded)]
    public async Task A_head_that_cannot_cross_is_refused_as_too_large_only_if_it_is(string name, string? value, ResetCode code)
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        RequestHead head = Head("/");
        head.Fields.Add(name, value ?? new string('v', Limits.MaxHead));
        LinkUnavailableException? e = Assert.ThrowsAsync<LinkUnavailableException>(async () => await link.OpenAsync(head, hasBody: false, [], default));
        Assert.That((e!.Fault.Stage, e.Fault.Code, e.Fault.RequestUnsent), Is.EqualTo((Stage.Client, code, true)));
        Assert.That((await GetAsync(link, "/5")).Length, Is.EqualTo(5));
    }

    [Test]
    public async Task A_drain_lets_what_is_open_finish()
    {
        await using var pair = new LinkPair(new EchoHandler());
        Link link = await pair.UpAsync();
        ListenerExchange exchange = await link.OpenAsync(Head("/"), hasBody: true, [], default);
        await exchange.WriteAsync("half "u8.ToArray(), default);
        Assert.That((await exchange.ReadAsync(default)).Kind, Is.EqualTo(ResponseEventKind.Head));
        Task drain = pair.Sender.DrainAsync(TimeSpan.FromSeconds(30));
        await exchange.WriteAsync("whole"u8.ToArray(), default);
        exchange.Complete();
        using var received = new MemoryStream();
        await ReadAllAsync(exchange, received);
        await exchange.DisposeAsync();
        await drain;
        Assert.That(System.Text.Encoding.ASCII.GetString(received.ToArray()), Is.EqualTo("half whole"));
    }

    private static RequestHead Head(string target) => new() { Method = "GET", Scheme = "http", Authority = "shop.example", Target = target };

    private static async Task<(ResponseHead Head, long Length)> GetAsync(Link link, string target)
    {
        await using ListenerExchange exchange = await link.OpenAsync(Head(target), hasBody: false, [], default);
        using var received = new MemoryStream();
        ResponseHead head = await ReadAllAsync(exchange, received);
        return (head, received.Length);
    }

    private static async Task<ResponseHead> ReadAllAsync(ListenerExchange exchange, MemoryStream into)
    {
        ResponseHead? head = null;
        while (true)
        {
            ResponseEvent next = await exchange.ReadAsync(default);
            switch (next.Kind)
            {
                case ResponseEventKind.Head:
                    head = next.Head;
                    break;
                case ResponseEventKind.Data:
                    into.Write(next.Data.Span);
                    exchange.Consumed(next.Data.Length);
                    next.Data.Dispose();
                    break;
                case ResponseEventKind.End:
                    return head!;
                case ResponseEventKind.Fault:
                    throw new IOException(next.Fault!.ToString());
            }
        }
    }
}
