using System.Text;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Origin;

[TestFixture(OriginClient.Own)]
[TestFixture(OriginClient.Platform)]
internal sealed class OriginTests(OriginClient client)
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [TestCase("/")]
    [TestCase("/a/../b/./c")]
    [TestCase("/%7Euser/%2e%2E/%zz?q=%")]
    [TestCase("//double//slash")]
    [TestCase("/?")]
    [TestCase("/a?b=c?d")]
    [TestCase("/a\\b")]
    [TestCase("/{x}|^`\"<>")]
    [TestCase("/@evil.example:81/x")]
    [TestCase("/a;b=1,2/:80")]
    [TestCase("/index.html?a=1&a=2&%00")]
    public async Task A_target_reaches_the_origin_byte_for_byte(string target)
    {
        List<string> heads = [];
        await using RawOrigin raw = RawOrigin.Answering(Ok, heads);
        Answer answer = await AskAsync(raw, Get(target));
        Assert.That(answer.Failure, Is.Null);
        Assert.That(heads.Single(), Does.StartWith($"GET {target} HTTP/1.1\r\n"));
    }

    [TestCase("http://evil.example/")]
    [TestCase("@evil.example/")]
    [TestCase(".evil.example/")]
    [TestCase("")]
    [TestCase("*")]
    [TestCase("/a b")]
    [TestCase("/a#b")]
    [TestCase("/a?b=c#d")]
    [TestCase("/a\r\nX: y")]
    [TestCase("/\u00e9")]
    public async Task A_target_that_could_mean_another_place_is_refused(string target)
    {
        await using RawOrigin raw = RawOrigin.Answering(Ok);
        Answer answer = await AskAsync(raw, Get(target));
        Assert.That(answer.Failure!.Kind, Is.EqualTo(OriginFailureKind.Unsendable));
        Assert.That(answer.Failure.Status, Is.EqualTo(400));
        Assert.That(raw.Connections, Is.Zero);
    }

    [Test]
    public async Task The_asterisk_form_is_sent_as_such()
    {
        List<string> heads = [];
        await using RawOrigin raw = RawOrigin.Answering("HTTP/1.1 204 No Content\r\nAllow: GET\r\n\r\n", heads);
        Answer answer = await AskAsync(raw, new RequestHead { Method = "OPTIONS", Scheme = "http", Authority = "shop.example", Target = "*" });
        Assert.That(answer.Head!.Status, Is.EqualTo(204));
        Assert.That(answer.Head.Fields.First("Allow"), Is.EqualTo("GET"));
        Assert.That(heads.Single(), Does.StartWith("OPTIONS * HTTP/1.1\r\n"));
    }

    [Test]
    public async Task Host_and_fields_are_those_of_the_client_and_nothing_is_added()
    {
        List<string> heads = [];
        await using RawOrigin raw = RawOrigin.Answering(Ok, heads);
        RequestHead head = Get("/");
        head.Fields.Add("X-Name", "caf\u00e9 \u00ff");
        head.Fields.Add("Cookie", "a=1");
        head.Fields.Add("Content-Type", "text/odd");
        head.Fields.Add("Connection", "X-Secret");
        head.Fields.Add("X-Secret", "1");
        head.Fields.Add("Keep-Alive", "x");
        head.Fields.Add("TE", "gzip");
        await AskAsync(raw, head);
        string[] lines = heads.Single().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[1..], Is.EquivalentTo(new[]
        {
            "Host: shop.example:8443", "X-Name: caf\u00e9 \u00ff", "Cookie: a=1", "Content-Type: text/odd",
        }.Concat(client == OriginClient.Platform ? ["Content-Length: 0"] : [])));
    }

    [TestCase("shop example")]
    [TestCase("a/b")]
    [TestCase("user@shop.example")]
    public async Task A_host_that_cannot_be_one_is_refused(string authority)
    {
        await using RawOrigin raw = RawOrigin.Answering(Ok);
        Answer answer = await AskAsync(raw, new RequestHead { Method = "GET", Scheme = "http", Authority = authority, Target = "/" });
        Assert.That(answer.Failure?.Kind, Is.EqualTo(OriginFailureKind.Unsendable));
    }

    [Test]
    public async Task A_response_comes_back_line_by_line_without_what_belongs_to_the_connection()
    {
        await using RawOrigin raw = RawOrigin.Answering(
            "HTTP/1.1 299 Odd\r\nSet-Cookie: a=1\r\nset-cookie: b=2, c\r\nX-Name: \u00e9\r\nConnection: X-Hop, close\r\nX-Hop: 1\r\nRailgun-Error: stage=link\r\nKeep-Alive: 5\r\n"
            + "Transfer-Encoding: chunked\r\nLocation: /x y\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
        Answer answer = await AskAsync(raw, Get("/"));
        Assert.That(answer.Head!.Status, Is.EqualTo(299));
        Assert.That(answer.Head.Fields.Select(f => $"{f.Name.ToLowerInvariant()}: {f.Value}"), Is.EquivalentTo(new[]
        {
            "set-cookie: a=1", "set-cookie: b=2, c", "x-name: \u00e9", "location: /x y",
        }));
        Assert.That(answer.Text, Is.EqualTo("abcde"));
        Assert.That(answer.Trailers!.First("X-Sum"), Is.EqualTo("5"));
    }

    [TestCase("Content-Length: 2\r\nContent-Length: 3\r\n", false)]
    [TestCase("Content-Length: 2\r\nContent-Length: 2\r\n", true)]
    [TestCase("Content-Length: 2, 3\r\n", false)]
    [TestCase("Content-Length: +2\r\n", false)]
    public async Task Two_lengths_that_differ_are_refused(string lines, bool passes)
    {
        await using RawOrigin raw = RawOrigin.Answering("HTTP/1.1 200 OK\r\n" + lines + "\r\nok");
        Answer answer = await AskAsync(raw, Get("/"));
        Assert.That(answer.Failure is null, Is.EqualTo(passes), answer.Failure?.Reason);
    }

    [Test]
    public async Task Redirects_cookies_and_packed_bodies_pass_untouched()
    {
        List<string> heads = [];
        await using RawOrigin raw = RawOrigin.Answering(
            "HTTP/1.1 302 Found\r\nLocation: /b\r\nSet-Cookie: s=1\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u001f\u008b\u0008", heads);
        using IOrigin origin = Make(raw.Port);
        for (int i = 0; i < 2; i++)
        {
            await using IOriginExchange exchange = origin.Ask(Get("/a"), null, CancellationToken.None);
            Answer answer = await Answer.ReadAsync(exchange);
            Assert.That(answer.Head!.Status, Is.EqualTo(302));
            Assert.That(answer.Text, Is.EqualTo("\u001f\u008b\u0008"));
        }

        Assert.That(heads, Has.Count.EqualTo(2).And.None.Contains("Cookie"));
        Assert.That(raw.Connections, Is.EqualTo(1), "The connection is used again.");
    }

    [Test]
    public async Task A_body_of_10_MB_goes_up_as_a_stream_with_its_length_and_credit_comes_back()
    {
        byte[] sent = new byte[10 * 1024 * 1024];
        new Random(1).NextBytes(sent);
        byte[]? received = null;
        string head = "";
        await using RawOrigin raw = new(async connection =>
        {
            head = await connection.ReadHeadAsync();
            received = await connection.ReadAsync(sent.Length);
            await connection.WriteAsync(Ok);
        });
        FakeBody body = new() { Length = sent.Length };
        for (int i = 0; i < sent.Length; i += 16 * 1024)
        {
            body.Add(sent.AsSpan(i, 16 * 1024));
        }

        Answer answer = await AskAsync(raw, Post("/up"), body.End());
        Assert.That(answer.Text, Is.EqualTo("ok"));
        Assert.That(head, Does.Contain("Content-Length: 10485760\r\n").And.Not.Contain("Transfer-Encoding"));
        Assert.That(received, Is.EqualTo(sent));
        Assert.That(body.BytesTaken, Is.EqualTo(sent.Length));
    }

    [Test]
    public async Task A_body_without_a_length_goes_up_in_chunks_as_it_comes()
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        string tail = "";
        await using RawOrigin raw = new(async connection =>
        {
            string head = await connection.ReadHeadAsync();
            Assert.That(head, Does.Contain("Transfer-Encoding: chunked\r\n"));
            Assert.That(Encoding.Latin1.GetString(await connection.ReadAsync(8)), Is.EqualTo("3\r\nabc\r\n"));
            seen.SetResult();
            tail = Encoding.Latin1.GetString(await connection.ReadAsync(12));
            await connection.WriteAsync(Ok);
        });
        FakeBody body = new FakeBody().Add("abc"u8);
        using IOrigin origin = Make(raw.Port);
        await using IOriginExchange exchange = origin.Ask(Post("/"), body, CancellationToken.None);
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(10));
        body.Add("de"u8).End();
        Answer answer = await Answer.ReadAsync(exchange);
        Assert.That(answer.Text, Is.EqualTo("ok"));
        Assert.That(tail, Is.EqualTo("2\r\nde\r\n0\r\n\r\n"));
    }

    [Test]
    public async Task A_client_that_breaks_off_its_body_is_not_the_origins_fault_and_the_origin_sees_no_end()
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<int> rest = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReadAsync(8);
            seen.SetResult();
            rest.SetResult(await connection.ReadToEndAsync());
        });
        FakeBody body = new FakeBody().Add("abc"u8);
        using IOrigin origin = Make(raw.Port);
        await using IOriginExchange exchange = origin.Ask(Post("/"), body, CancellationToken.None);
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(10));
        body.Break();
        Assert.That((await Answer.ReadAsync(exchange)).Failure!.Kind, Is.EqualTo(OriginFailureKind.Abandoned));
        Assert.That(await rest.Task.WaitAsync(TimeSpan.FromSeconds(10)), Is.Zero);
    }

    [Test]
    public async Task An_origin_that_answers_and_closes_before_it_has_read_the_body_is_heard()
    {
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.ReadAsync(100_000);
            await connection.WriteAsync("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nno!");
        });
        FakeBody body = new() { Length = 20_000_000 };
        for (int i = 0; i < 2000; i++)
        {
            body.Add(new byte[10_000]);
        }

        Answer answer = await AskAsync(raw, Post("/up"), body.End());
        Assert.That(answer.Head?.Status, Is.EqualTo(413), answer.Failure?.Reason);
        Assert.That(answer.Text, Is.EqualTo("no!"));
    }

    [Test]
    public async Task An_origin_that_wants_the_body_is_heard_and_one_that_does_not_gets_none()
    {
        RequestHead head = Post("/");
        head.Fields.Add("Expect", "100-continue");
        FakeBody unwanted = new FakeBody().Add("abc"u8);
        await using (RawOrigin refusing = RawOrigin.Answering("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"))
        {
            Answer answer = await AskAsync(refusing, head, unwanted);
            Assert.That(answer.Head!.Status, Is.EqualTo(413));
            Assert.That(unwanted.WasWanted.Task.IsCompleted, Is.False);
        }

        FakeBody wanted = new FakeBody();
        await using RawOrigin taking = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
            await connection.ReadAsync(13);
            await connection.WriteAsync(Ok);
        });
        using IOrigin origin = Make(taking.Port);
        await using IOriginExchange exchange = origin.Ask(head, wanted, CancellationToken.None);
        await wanted.WasWanted.Task.WaitAsync(TimeSpan.FromSeconds(10));
        wanted.Add("abc"u8).End();
        Assert.That((await Answer.ReadAsync(exchange)).Text, Is.EqualTo("ok"));
    }

    [Test]
    public async Task After_a_switch_of_protocols_both_directions_run_at_once()
    {
        await using RawOrigin raw = new(async connection =>
        {
            string head = await connection.ReadHeadAsync();
            Assert.That(head, Does.Contain("Upgrade: websocket\r\n").And.Contain("Connection: Upgrade\r\n"));
            await connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: k\r\n\r\nhello");
            byte[] buffer = new byte[100];
            while (await connection.ReadSomeAsync(buffer) is > 0 and int count)
            {
                await connection.WriteAsync(buffer[..count]);
                if (buffer[0] == 'q')
                {
                    return;
                }
            }
        });
        FakeBody body = new();
        using IOrigin origin = Make(raw.Port);
        RequestHead head = new() { Method = "GET", Scheme = "http", Authority = "shop.example", Target = "/ws", Protocol = "websocket" };
        await using IOriginExchange exchange = origin.Ask(head, body, CancellationToken.None);
        OriginEvent first = await exchange.ReadAsync(default);
        Assert.That(first.Head!.Status, Is.EqualTo(101));
        Assert.That(first.Head.Fields.Select(f => f.Name), Is.EqualTo(new[] { "Sec-WebSocket-Accept" }));
        byte[] buffer = new byte[100];
        Assert.That(await ReadTextAsync(exchange, buffer), Is.EqualTo("hello"));
        body.Add("one"u8);
        Assert.That(await ReadTextAsync(exchange, buffer), Is.EqualTo("one"));
        body.Add("q"u8);
        Assert.That(await ReadTextAsync(exchange, buffer), Is.EqualTo("q"));
        Assert.That((await exchange.ReadAsync(buffer)).Kind, Is.EqualTo(OriginEventKind.End));
    }

    [Test]
    public async Task The_last_bytes_of_a_known_length_are_marked()
    {
        await using RawOrigin raw = RawOrigin.Answering(Ok);
        using IOrigin origin = Make(raw.Port);
        await using IOriginExchange exchange = origin.Ask(Get("/"), null, CancellationToken.None);
        await exchange.ReadAsync(default);
        OriginEvent data = await exchange.ReadAsync(new byte[100]);
        Assert.That(data.Last, Is.True);
    }

    private static async Task<string> ReadTextAsync(IOriginExchange exchange, byte[] buffer)
    {
        OriginEvent next = await exchange.ReadAsync(buffer);
        return Encoding.Latin1.GetString(buffer, 0, next.Length);
    }

    private async Task<Answer> AskAsync(RawOrigin raw, RequestHead head, FakeBody? body = null)
    {
        using IOrigin origin = Make(raw.Port);
        await using IOriginExchange exchange = origin.Ask(head, body, CancellationToken.None);
        return await Answer.ReadAsync(exchange);
    }

    private IOrigin Make(int port) => client.Make(new OriginAddress("127.0.0.1", port, Tls: false), new OriginOptions(), TimeProvider.System);

    private static RequestHead Get(string target) => new() { Method = "GET", Scheme = "https", Authority = "shop.example:8443", Target = target };

    private static RequestHead Post(string target) => new() { Method = "POST", Scheme = "https", Authority = "shop.example", Target = target };
}
