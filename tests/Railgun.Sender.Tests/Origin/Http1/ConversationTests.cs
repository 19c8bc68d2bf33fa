using System.Text;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;
using Railgun.Sender.Origin.Http1;

namespace Railgun.Sender.Tests.Origin.Http1;

/// <summary>What the platform's client can't: 1xx, trailers of requests, both directions at once, order and case.</summary>
[CancelAfter(30_000)]
internal sealed class ConversationTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Test]
    public async Task Lines_keep_their_order_and_their_names_case_both_ways()
    {
        List<string> heads = [];
        await using RawOrigin raw = RawOrigin.Answering("HTTP/1.1 200 OK\r\nb: 1\r\nSET-cookie: x\r\nA: 2\r\nSet-Cookie: y\r\nb: 3\r\ncontent-LENGTH: 0\r\n\r\n", heads);
        using Http1Origin origin = Asking.Make(raw.Port);
        Answer answer = await origin.AskAsync(Asking.Head("GeT", "/", ("zeBRA", "1"), ("Accept", "*/*"), ("zeBRA", "2"), ("cookie", "a"), ("X-\u0041", "\u00ff")));
        Assert.That(heads.Single(), Is.EqualTo("GeT / HTTP/1.1\r\nHost: shop.example\r\nzeBRA: 1\r\nAccept: */*\r\nzeBRA: 2\r\ncookie: a\r\nX-A: \u00ff\r\n\r\n"));
        Assert.That(answer.Head!.Fields.Select(f => $"{f.Name}: {f.Value}"), Is.EqualTo(new[] { "b: 1", "SET-cookie: x", "A: 2", "Set-Cookie: y", "b: 3", "content-LENGTH: 0" }));
    }

    [Test]
    public async Task Informational_heads_come_before_the_final_one()
    {
        await using RawOrigin raw = RawOrigin.Answering(
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\nConnection: X-Hop\r\nX-Hop: 1\r\nRailgun-Error: x\r\n\r\n" + Ok);
        using Http1Origin origin = Asking.Make(raw.Port);
        Answer answer = await origin.AskAsync(Asking.Head("GET"));
        Assert.That(answer.Informational.Select(h => h.Status), Is.EqualTo(new[] { 102, 103 }), "A 100 that nobody waits for says nothing.");
        Assert.That(answer.Informational[1].Fields.Select(f => f.Name), Is.EqualTo(new[] { "Link" }));
        Assert.That(answer.Text, Is.EqualTo("ok"));
    }

    [Test]
    public async Task A_requests_trailers_reach_the_origin()
    {
        string sent = "";
        await using RawOrigin raw = new(async connection =>
        {
            sent = await connection.ReadHeadAsync() + await connection.ReadHeadAsync();
            await connection.WriteAsync(Ok);
        });
        FieldList trailers = new();
        trailers.Add("X-Sum", "5");
        trailers.Add("Content-Length", "7");
        using Http1Origin origin = Asking.Make(raw.Port);
        await origin.AskAsync(Asking.Head("POST", "/", ("Trailer", "X-Sum"), ("TE", "trailers")), new FakeBody().Add("abc"u8).End(trailers));
        Assert.That(sent, Does.Contain("Trailer: X-Sum\r\n").And.Contain("Connection: TE\r\nTE: trailers\r\n").And.EndsWith("3\r\nabc\r\n0\r\nX-Sum: 5\r\n\r\n"));
    }

    [Test]
    public async Task Both_directions_run_at_once()
    {
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (Encoding.Latin1.GetString(await connection.ReadAsync(5)) is not "0\r\n\r\n" and var chunk)
            {
                await connection.WriteAsync(chunk + Encoding.Latin1.GetString(await connection.ReadAsync(1)));
            }

            await connection.WriteAsync("0\r\n\r\n");
            Assert.That((await connection.ReadHeadAsync()).StartsWith("GET", StringComparison.Ordinal));
            await connection.WriteAsync(Ok);
        });
        using Http1Origin origin = Asking.Make(raw.Port);
        FakeBody body = new();
        await using (IOriginExchange exchange = origin.Ask(Asking.Head("POST"), body, CancellationToken.None))
        {
            Assert.That((await exchange.ReadAsync(default)).Head?.Status, Is.EqualTo(200));
            byte[] buffer = new byte[10];
            for (byte i = (byte)'a'; i < 'f'; i++)
            {
                body.Add([i]);
                OriginEvent next = await exchange.ReadAsync(buffer);
                Assert.That((next.Length, buffer[0]), Is.EqualTo((1, i)));
            }

            body.End();
            Assert.That((await exchange.ReadAsync(buffer)).Kind, Is.EqualTo(OriginEventKind.End));
        }

        Assert.That((await origin.AskAsync(Asking.Head("GET"))).Text, Is.EqualTo("ok"));
        Assert.That(raw.Connections, Is.EqualTo(1), "All was sent and all was read, so the connection serves again.");
    }

    [Test]
    public async Task An_answer_that_ends_before_the_upload_is_whole_and_its_connection_is_not_used_again()
    {
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(Ok);
            await connection.ReadToEndAsync();
        });
        using Http1Origin origin = Asking.Make(raw.Port);
        for (int i = 0; i < 2; i++)
        {
            Answer answer = await origin.AskAsync(Asking.Head("POST"), new FakeBody().Add("abc"u8));
            Assert.That((answer.Head?.Status, answer.Text, answer.Failure), Is.EqualTo((200, "ok", (OriginFailure?)null)));
        }

        Assert.That(raw.Connections, Is.EqualTo(2));
    }

    [TestCase("GET", false, true)]
    [TestCase("DELETE", false, true)]
    [TestCase("POST", false, false)]
    [TestCase("PUT", true, false)]
    public async Task A_question_that_may_be_put_twice_is_put_again_when_a_used_connection_closes_without_a_byte(string method, bool hasBody, bool again)
    {
        int heads = 0;
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            heads++;
            await connection.WriteAsync(Ok);
            if (heads == 1)
            {
                await connection.ReadHeadAsync();
                heads++;
            }
        });
        using Http1Origin origin = Asking.Make(raw.Port);
        await origin.AskAsync(Asking.Head("GET"));
        Answer answer = await origin.AskAsync(Asking.Head(method), hasBody ? new FakeBody().Add("abc"u8).End() : null);
        Assert.That(answer.Failure is null, Is.EqualTo(again), answer.Failure?.Reason);
        Assert.That((heads, raw.Connections), Is.EqualTo(again ? (3, 2) : (2, 1)));
    }

    [Test]
    public async Task A_connection_on_which_something_came_unasked_is_not_used()
    {
        TaskCompletionSource poisoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int connections = 0;
        await using RawOrigin raw = new(async connection =>
        {
            bool isFirst = connections++ == 0;
            await connection.ReadHeadAsync();
            await connection.WriteAsync(Ok);
            await go.Task;
            if (isFirst)
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                poisoned.SetResult();
            }

            await connection.ReadToEndAsync();
        });
        using Http1Origin origin = Asking.Make(raw.Port);
        await origin.AskAsync(Asking.Head("GET"));
        go.SetResult();
        await poisoned.Task;
        Answer answer = await origin.AskAsync(Asking.Head("GET"));
        Assert.That((answer.Text, raw.Connections), Is.EqualTo(("ok", 2)));
    }

    [Test]
    public async Task The_end_of_the_clients_side_of_a_tunnel_reaches_the_origin_which_may_go_on()
    {
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\r\n");
            int came = await connection.ReadToEndAsync();
            await connection.WriteAsync($"{came} bytes came");
        });
        using Http1Origin origin = Asking.Make(raw.Port);
        RequestHead head = new() { Method = "CONNECT", Scheme = "http", Authority = "a", Target = "/ws", Protocol = "websocket" };
        Answer answer = await origin.AskAsync(head, new FakeBody().Add("abc"u8).End());
        Assert.That((answer.Head?.Status, answer.Text), Is.EqualTo((101, "3 bytes came")), answer.Failure?.Reason);
    }

    [Test]
    public async Task A_refused_switch_is_an_ordinary_answer()
    {
        await using RawOrigin raw = RawOrigin.Answering("HTTP/1.1 426 Upgrade Required\r\nUpgrade: other\r\nContent-Length: 2\r\n\r\nno");
        using Http1Origin origin = Asking.Make(raw.Port);
        RequestHead head = new() { Method = "GET", Scheme = "http", Authority = "a", Target = "/ws", Protocol = "websocket" };
        Answer answer = await origin.AskAsync(head, new FakeBody());
        Assert.That((answer.Head?.Status, answer.Text), Is.EqualTo((426, "no")), answer.Failure?.Reason);
    }

    [Test]
    public async Task A_body_longer_or_shorter_than_its_head_says_never_ends_for_the_origin()
    {
        foreach (string sent in new[] { "abcd", "ab" })
        {
            int came = -1;
            TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using RawOrigin raw = new(async connection =>
            {
                await connection.ReadHeadAsync();
                came = await connection.ReadToEndAsync();
                done.SetResult();
            });
            using Http1Origin origin = Asking.Make(raw.Port);
            Answer answer = await origin.AskAsync(Asking.Head("POST", "/", ("Content-Length", "3")), new FakeBody { Length = 3 }.Add(Encoding.Latin1.GetBytes(sent)).End());
            await done.Task;
            Assert.That(answer.Failure?.Kind, Is.EqualTo(OriginFailureKind.Abandoned));
            Assert.That(came, Is.LessThan(3));
        }
    }

    [TestCase("Host", "evil.example")]
    [TestCase("Content-Length", "3")]
    [TestCase("Content-Length", "x")]
    public async Task A_head_that_contradicts_itself_is_not_put(string name, string value)
    {
        await using RawOrigin raw = RawOrigin.Answering(Ok);
        using Http1Origin origin = Asking.Make(raw.Port);
        Answer answer = await origin.AskAsync(Asking.Head("GET", "/", (name, value)));
        Assert.That((answer.Failure?.Kind, raw.Connections), Is.EqualTo((OriginFailureKind.Unsendable, 0)));
    }
}
