using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Origin;

[TestFixture(OriginClient.Own)]
[TestFixture(OriginClient.Platform)]
internal sealed class OriginFailureTests(OriginClient client)
{
    private static readonly RequestHead Page = new() { Method = "GET", Scheme = "http", Authority = "shop.example", Target = "/" };

    [Test]
    public async Task A_refused_connection_is_named_with_its_place()
    {
        int port = FreePort();
        Answer answer = await AskAsync(port);
        Assert.That(answer.Failure!.Kind, Is.EqualTo(OriginFailureKind.Unreachable));
        Assert.That(answer.Failure.Status, Is.EqualTo(502));
        Assert.That(answer.Failure.IsOutage);
        Assert.That(answer.Failure.Reason, Does.StartWith($"connection refused at 127.0.0.1:{port};"));
    }

    [Test]
    public async Task A_name_without_an_address_is_named()
    {
        using IOrigin origin = client.Make(new OriginAddress("nowhere.invalid", 80, Tls: false), new OriginOptions(), TimeProvider.System);
        await using IOriginExchange exchange = origin.Ask(Page, null, CancellationToken.None);
        Answer answer = await Answer.ReadAsync(exchange);
        Assert.That(answer.Failure!.Kind, Is.EqualTo(OriginFailureKind.Unreachable));
        Assert.That(answer.Failure.Reason, Does.Contain("nowhere.invalid"));
    }

    [Test]
    public async Task A_connection_that_takes_too_long_is_a_504()
    {
        // A port whose queue of connections is full takes no more, and says nothing.
        using Socket full = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using Socket first = new(SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(full.LocalEndPoint!);
        int port = ((IPEndPoint)full.LocalEndPoint!).Port;
        Answer answer = await AskAsync(port, new OriginOptions { ConnectTimeout = TimeSpan.FromMilliseconds(200) });
        Assert.That(answer.Failure!.Kind, Is.EqualTo(OriginFailureKind.ConnectTimedOut), answer.Failure.Reason);
        Assert.That(answer.Failure.Status, Is.EqualTo(504));
    }

    [Test]
    public async Task An_origin_that_does_not_answer_is_a_504()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            asked.SetResult();
            await connection.ReadToEndAsync();
            closed.SetResult();
        });
        using IOrigin origin = Make(raw.Port, new OriginOptions(), time);
        await using IOriginExchange exchange = origin.Ask(Page, null, CancellationToken.None);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(66));
        Answer answer = await Answer.ReadAsync(exchange);
        Assert.That(answer.Failure!.Kind, Is.EqualTo(OriginFailureKind.HeadTimedOut), answer.Failure.Reason);
        Assert.That(answer.Failure.Status, Is.EqualTo(504));
        Assert.That(answer.Failure.Reason, Does.Contain("within 60 s"));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task While_the_client_is_slow_with_its_body_the_origins_time_does_not_run()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            asked.SetResult();
            await connection.ReadAsync(3);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        FakeBody body = new() { Length = 3 };
        using IOrigin origin = Make(raw.Port, new OriginOptions(), time);
        await using IOriginExchange exchange = origin.Ask(new RequestHead { Method = "PUT", Scheme = "http", Authority = "a", Target = "/" }, body, CancellationToken.None);
        await asked.Task;
        await body.WasWanted.Task;
        await Task.Yield();
        for (int i = 0; i < 50; i++)
        {
            // The head went out before the client's turn began; the turn itself has no sign that a test could wait for.
            await Task.Delay(1);
        }

        time.Advance(TimeSpan.FromMinutes(10));
        body.Add("abc"u8).End();
        Assert.That((await Answer.ReadAsync(exchange)).Head!.Status, Is.EqualTo(200));
    }

    [TestCase("")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Le")]
    [TestCase("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    public async Task A_connection_that_ends_before_the_head_is_a_502(string sent)
    {
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(sent);
        });
        Answer answer = await AskAsync(raw.Port);
        Assert.That(answer.Failure!.Kind, Is.EqualTo(OriginFailureKind.NoHead), answer.Failure.Reason);
        Assert.That(answer.Failure.Status, Is.EqualTo(502));
        Assert.That(answer.Failure.Reason, Does.Contain($"127.0.0.1:{raw.Port}"));
        Assert.That(answer.Failure.IsOutage, Is.False);
    }

    [Test]
    public async Task A_head_without_end_is_cut_at_the_limit()
    {
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 100; i++)
            {
                await connection.WriteAsync($"X-{i}: {new string('x', 1000)}\r\n");
            }
        });
        Answer answer = await AskAsync(raw.Port);
        Assert.That(answer.Failure!.Kind, Is.EqualTo(OriginFailureKind.LimitExceeded), answer.Failure.Reason);
    }

    [Test]
    public async Task A_head_with_too_many_fields_is_refused()
    {
        await using RawOrigin raw = RawOrigin.Answering("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"X-{i}: 1\r\n")) + "\r\n");
        Answer answer = await AskAsync(raw.Port);
        Assert.That(answer.Failure!.Reason, Does.Contain("more than 256 fields"));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")]
    public async Task A_body_that_breaks_off_is_told_as_broken(string sent)
    {
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync(sent);
        });
        Answer answer = await AskAsync(raw.Port);
        Assert.That(answer.Head!.Status, Is.EqualTo(200));
        Assert.That(answer.Text, Is.EqualTo("abc").Or.Empty, "What arrived may be told before the break or not, but nothing else.");
        Assert.That(answer.Failure!.Kind, Is.EqualTo(OriginFailureKind.BodyBroken));
    }

    [Test]
    public async Task A_body_that_falls_silent_times_out_and_an_event_stream_does_not()
    {
        foreach (string type in new[] { "text/html", "text/event-stream" })
        {
            FakeTimeProvider time = new();
            TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using RawOrigin raw = new(async connection =>
            {
                await connection.ReadHeadAsync();
                await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: 2\r\n\r\na");
                await go.Task;
                await connection.WriteAsync("b");
            });
            using IOrigin origin = Make(raw.Port, new OriginOptions(), time);
            await using IOriginExchange exchange = origin.Ask(Page, null, CancellationToken.None);
            byte[] buffer = new byte[10];
            await exchange.ReadAsync(default);
            await exchange.ReadAsync(buffer);
            ValueTask<OriginEvent> second = exchange.ReadAsync(buffer);
            time.Advance(TimeSpan.FromMinutes(3));
            if (type == "text/event-stream")
            {
                go.SetResult();
                Assert.That((await second).Kind, Is.EqualTo(OriginEventKind.Data));
            }
            else
            {
                Assert.That((await second).Failure?.Kind, Is.EqualTo(OriginFailureKind.BodyTimedOut));
                go.SetResult();
            }
        }
    }

    [Test]
    public async Task Nobody_waiting_any_more_ends_the_origins_work()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            asked.SetResult();
            await connection.ReadToEndAsync();
            closed.SetResult();
        });
        using IOrigin origin = Make(raw.Port, new OriginOptions(), TimeProvider.System);
        using CancellationTokenSource abandoned = new();
        await using IOriginExchange exchange = origin.Ask(Page, null, abandoned.Token);
        await asked.Task;
        abandoned.Cancel();
        Assert.That((await Answer.ReadAsync(exchange)).Failure!.Kind, Is.EqualTo(OriginFailureKind.Abandoned));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task Disposing_a_question_in_the_middle_of_a_body_closes_the_connection()
    {
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nabc");
            await connection.ReadToEndAsync();
            closed.SetResult();
        });
        using IOrigin origin = Make(raw.Port, new OriginOptions(), TimeProvider.System);
        await using (IOriginExchange exchange = origin.Ask(Page, null, CancellationToken.None))
        {
            await exchange.ReadAsync(default);
        }

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private async Task<Answer> AskAsync(int port, OriginOptions? options = null)
    {
        using IOrigin origin = Make(port, options ?? new OriginOptions(), TimeProvider.System);
        await using IOriginExchange exchange = origin.Ask(Page, null, CancellationToken.None);
        return await Answer.ReadAsync(exchange);
    }

    private IOrigin Make(int port, OriginOptions options, TimeProvider time) => client.Make(new OriginAddress("127.0.0.1", port, Tls: false), options, time);

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
