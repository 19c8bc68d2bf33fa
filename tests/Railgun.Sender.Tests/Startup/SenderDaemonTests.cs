using System.Text;
using System.Text.Json;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;
using Railgun.Sender.Tests.Exchanges;
using Railgun.Sender.Tests.Origin;

namespace Railgun.Sender.Tests.Startup;

/// <summary>The whole sender over a real link and real sockets.</summary>
[CancelAfter(60_000)]
internal sealed class SenderDaemonTests
{
    [Test]
    public async Task A_page_crosses_the_link_with_its_line_in_the_access_log(CancellationToken cancellation)
    {
        List<string> heads = [];
        await using RawOrigin origin = RawOrigin.Answering("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello", heads);
        await using RunningSender sender = await RunningSender.StartAsync(origin.Port);
        Assert.That(sender.Daemon.HasLiveLane);
        Assert.That(sender.Opened[0], Is.EqualTo($"origin: http://127.0.0.1:{origin.Port}"));

        (ResponseHead head, byte[] body) = await ReadAsync(sender, SenderBench.Get("/a/../%7e?x=y"), null, cancellation);
        Assert.That((head.Status, Encoding.UTF8.GetString(body)), Is.EqualTo((200, "hello")));
        Assert.That(heads.Single(), Does.StartWith("GET /a/../%7e?x=y HTTP/1.1\r\n").And.Contain("Host: shop.example\r\n"));

        JsonElement line = (await sender.LinesAsync(1))[0];
        Assert.That(line.GetProperty("peer").GetString(), Is.EqualTo("edge"));
        Assert.That(line.GetProperty("linkDown").GetInt64(), Is.GreaterThan(5));
        Assert.That(line.GetProperty("linkUp").GetInt64(), Is.GreaterThan(5));
        Assert.That(sender.Daemon.GetStatus().Peers.Single().Lanes, Is.Not.Empty);
        Assert.That(sender.Daemon.GetStatus().Stores.Single().Versions, Is.EqualTo(1));
    }

    [Test]
    public async Task Bodies_of_10_MB_cross_both_ways_byte_for_byte(CancellationToken cancellation)
    {
        byte[] up = new byte[10 * 1024 * 1024];
        new Random(8).NextBytes(up);
        await using RawOrigin origin = new(async connection =>
        {
            await connection.ReadHeadAsync();
            byte[] received = await connection.ReadAsync(up.Length);
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {received.Length}\r\n\r\n");
            await connection.WriteAsync(received);
        });
        await using RunningSender sender = await RunningSender.StartAsync(origin.Port);
        RequestHead head = SenderBench.Request("POST", "/echo", ("Content-Length", $"{up.Length}"));
        (_, byte[] body) = await ReadAsync(sender, head, up, cancellation);
        Assert.That(body.AsSpan().SequenceEqual(up));
    }

    [Test]
    public async Task A_client_that_leaves_closes_the_origins_connection(CancellationToken cancellation)
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin origin = new(async connection =>
        {
            await connection.ReadHeadAsync();
            asked.SetResult();
            await connection.ReadToEndAsync();
            closed.SetResult();
        });
        await using RunningSender sender = await RunningSender.StartAsync(origin.Port);
        ListenerExchange exchange = await sender.Link.OpenAsync(SenderBench.Get("/"), hasBody: false, [], cancellation);
        await asked.Task.WaitAsync(cancellation);
        exchange.Abort(ResetCode.Cancelled, "the client is gone");
        await closed.Task.WaitAsync(cancellation);
        JsonElement line = (await sender.LinesAsync(1))[0];
        Assert.That(line.GetProperty("stage").GetString(), Is.EqualTo("client"));
    }

    [Test]
    public async Task A_drain_lets_what_is_under_way_finish(CancellationToken cancellation)
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawOrigin origin = new(async connection =>
        {
            await connection.ReadHeadAsync();
            asked.SetResult();
            await go.Task;
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate");
        });
        await using RunningSender sender = await RunningSender.StartAsync(origin.Port);
        Task<(ResponseHead, byte[] Body)> reading = ReadAsync(sender, SenderBench.Get("/"), null, cancellation);
        await asked.Task.WaitAsync(cancellation);
        Task draining = sender.Daemon.DrainAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
        go.SetResult();
        Assert.That(Encoding.UTF8.GetString((await reading).Body), Is.EqualTo("late"));
        await draining.WaitAsync(cancellation);
        Assert.That(sender.Daemon.HasLiveLane, Is.False);
    }

    // Reads a response; the bodies here are coded as identity.
    private static async Task<(ResponseHead Head, byte[] Body)> ReadAsync(RunningSender sender, RequestHead head, byte[]? upload, CancellationToken cancellation)
    {
        await using ListenerExchange exchange = await sender.Link.OpenAsync(head, upload is not null, Array.Empty<VersionName>(), cancellation);
        if (upload is not null)
        {
            await exchange.WriteAsync(upload, cancellation);
            exchange.Complete();
        }

        ResponseHead? response = null;
        using MemoryStream body = new();
        while (true)
        {
            ResponseEvent next = await exchange.ReadAsync(cancellation);
            switch (next.Kind)
            {
                case ResponseEventKind.Head:
                    Assert.That(next.Coding.Codec, Is.EqualTo(Codec.Identity));
                    response = next.Head;
                    break;
                case ResponseEventKind.Data:
                    body.Write(next.Data.Span);
                    exchange.Consumed(next.Data.Length);
                    next.Data.Dispose();
                    break;
                case ResponseEventKind.End:
                    return (response!, body.ToArray());
                case ResponseEventKind.Fault:
                    throw new IOException(next.Fault!.Reason);
            }
        }
    }
}
