using Microsoft.Extensions.Time.Testing;
using Railgun.Sender.Origin;
using Railgun.Sender.Origin.Http1;

namespace Railgun.Sender.Tests.Origin.Http1;

/// <summary>Each stage has its time, its status and its reason.</summary>
[CancelAfter(30_000)]
internal sealed class PatienceTests
{
    [Test]
    public async Task An_origin_that_takes_nothing_of_a_body_is_a_504_of_its_own()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await over.Task;
        });
        using Http1Origin origin = Asking.Make(raw.Port, time: time);
        FakeBody body = new() { Length = 100_000_000 };
        for (int i = 0; i < 1000; i++)
        {
            body.Add(new byte[100_000]);
        }

        await using IOriginExchange exchange = origin.Ask(Asking.Head("PUT"), body, CancellationToken.None);
        ValueTask<OriginEvent> head = exchange.ReadAsync(default);
        long taken = -1;
        while (taken != body.BytesTaken || taken == 0)
        {
            // The socket's buffers are full when no more is taken for a while.
            taken = body.BytesTaken;
            await Task.Delay(100);
        }

        time.Advance(TimeSpan.FromSeconds(61));
        OriginFailure failure = (await head).Failure!;
        over.SetResult();
        Assert.That((failure.Kind, failure.Status), Is.EqualTo((OriginFailureKind.WriteTimedOut, 504)), failure.Reason);
        Assert.That(failure.Reason, Does.Contain("took nothing").And.Contain("60 s"));
    }

    [Test]
    public async Task A_body_that_waits_for_a_word_that_never_comes_goes_after_a_second()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            asked.SetResult();
            await connection.ReadAsync(3);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        using Http1Origin origin = Asking.Make(raw.Port, time: time);
        FakeBody body = new() { Length = 3 };
        body.Add("abc"u8).End();
        await using IOriginExchange exchange = origin.Ask(Asking.Head("PUT", "/", ("Expect", "100-continue")), body, CancellationToken.None);
        await asked.Task;
        Assert.That(body.WasWanted.Task.IsCompleted, Is.False);
        while (!body.WasWanted.Task.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1);
        }

        Assert.That((await Answer.ReadAsync(exchange)).Text, Is.EqualTo("ok"));
    }

    [Test]
    public async Task Beyond_the_most_connections_a_question_waits_and_then_is_told()
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await go.Task;
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        using Http1Origin origin = Asking.Make(raw.Port, new OriginOptions { Connections = 1, ConnectTimeout = TimeSpan.FromMilliseconds(200) });
        await using IOriginExchange first = origin.Ask(Asking.Head("GET"), null, CancellationToken.None);
        Answer second = await origin.AskAsync(Asking.Head("GET"));
        Assert.That((second.Failure?.Kind, second.Failure?.Status), Is.EqualTo((OriginFailureKind.Exhausted, 503)));
        Assert.That(second.Failure!.Reason, Does.Contain("origin.connections"));
        go.SetResult();
        Assert.That((await Answer.ReadAsync(first)).Text, Is.EqualTo("ok"));
        await first.DisposeAsync();
        Assert.That((await origin.AskAsync(Asking.Head("GET"))).Text, Is.EqualTo("ok"), "There is room again.");
    }

    [Test]
    public async Task An_idle_connection_is_closed_after_its_time()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin raw = new(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await connection.ReadToEndAsync();
            closed.SetResult();
        });
        using Http1Origin origin = Asking.Make(raw.Port, time: time);
        await origin.AskAsync(Asking.Head("GET"));
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.That(closed.Task.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(31));
        await closed.Task;
    }

    [Test]
    public async Task A_connection_serves_no_longer_than_its_life()
    {
        FakeTimeProvider time = new();
        await using RawOrigin raw = RawOrigin.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        using Http1Origin origin = Asking.Make(raw.Port, new OriginOptions { ConnectionLifetime = TimeSpan.FromSeconds(20) }, time);
        await origin.AskAsync(Asking.Head("GET"));
        await origin.AskAsync(Asking.Head("GET"));
        Assert.That(raw.Connections, Is.EqualTo(1));
        time.Advance(TimeSpan.FromSeconds(21));
        await origin.AskAsync(Asking.Head("GET"));
        Assert.That(raw.Connections, Is.EqualTo(2));
    }
}
