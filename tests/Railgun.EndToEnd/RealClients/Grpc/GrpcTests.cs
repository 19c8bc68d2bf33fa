using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Railgun.EndToEnd.Harness;
using Railgun.Try.Processes;

namespace Railgun.EndToEnd.RealClients.Grpc;

/// <summary>A .NET gRPC client and server (Grpc.Net.Client, Grpc.AspNetCore), straight and through the pair: every kind of call, deadlines, cancels, errors in trailers.</summary>
[Category("RealClients")]
[CancelAfter(60_000)]
[TestFixture("straight")]
[TestFixture("through the pair")]
internal sealed class GrpcTests(string place)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("railgun-grpc-").FullName;
    private TalkServer _server = null!;
    private Pair _pair = null!;
    private GrpcChannel _channel = null!;
    private Talk.TalkClient _talk = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await PairedKeys.CopyToAsync(_folder);
        _server = await TalkServer.StartAsync();
        _pair = new Pair(_folder);
        int h2c = LoopbackPorts.Take(1)[0];
        _pair.Listener.Environment["RAILGUN_H2C"] = $"127.0.0.1:{h2c}";
        _pair.Listener.Environment["RAILGUN_CLIENTS__HEADTIMEOUT"] = "1s";
        _pair.Listener.Environment["RAILGUN_CLIENTS__LEASTRATE"] = "1KiB";
        _pair.Listener.Environment["RAILGUN_CLIENTS__LEASTRATEGRACE"] = "2s";
        _pair.Sender.Environment["RAILGUN_ORIGIN__PROTOCOL"] = "h2c";
        _pair.StartListener();
        _pair.StartSender(_server.Address);
        await _pair.ReadyAsync();
        _channel = GrpcChannel.ForAddress(place == "straight" ? _server.Address : new Uri($"http://127.0.0.1:{h2c}"));
        _talk = new Talk.TalkClient(_channel);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _channel.Dispose();
        await _pair.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase(0)]
    [TestCase(10)]
    [TestCase(3_000_000)]
    public async Task A_unary_call_brings_message_headers_and_trailers(int length)
    {
        Word word = Make("hello", length);
        using AsyncUnaryCall<Word> call = _talk.SayAsync(word, new Metadata { { "ask", "this" } });
        Assert.That((await call.ResponseHeadersAsync).GetValue("heard"), Is.EqualTo("this"));
        Assert.That(await call.ResponseAsync, Is.EqualTo(word));
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.OK));
        Assert.That(call.GetTrailers().GetValue("sum"), Is.EqualTo($"{length}"));
    }

    [Test]
    public async Task A_client_streams_and_gets_one_answer()
    {
        using AsyncClientStreamingCall<Word, Word> call = _talk.Gather();
        for (int i = 0; i < 200; i++)
        {
            await call.RequestStream.WriteAsync(new Word { Text = "a" });
        }

        await call.RequestStream.CompleteAsync();
        Word all = await call.ResponseAsync;
        Assert.That((all.Text, all.Times), Is.EqualTo((new string('a', 200), 200)));
    }

    [Test]
    public async Task A_client_may_be_silent_for_longer_than_other_uploads()
    {
        using AsyncClientStreamingCall<Word, Word> call = _talk.Gather();
        await call.RequestStream.WriteAsync(new Word { Text = "a" });

        // Heads that are never finished tell the time: three of their time-outs are more than an upload may be slow at first. Straight there is no such rule.
        for (int i = 0; i < (place == "straight" ? 0 : 3); i++)
        {
            using System.Net.Sockets.Socket unfinished = await RawClient.SendTextAsync(_pair.HttpPort, "GET / HTTP/1.1\r\nHost: raw");
            Assert.That(await RawClient.ReadTextAsync(unfinished), Does.StartWith("HTTP/1.1 408 "));
        }

        await call.RequestStream.WriteAsync(new Word { Text = "b" });
        await call.RequestStream.CompleteAsync();
        Assert.That((await call.ResponseAsync).Text, Is.EqualTo("ab"));
    }

    [Test]
    public async Task A_server_streams_all_it_has()
    {
        Word word = Make("tell", 20_000);
        word.Times = 200;
        using AsyncServerStreamingCall<Word> call = _talk.Tell(word);
        int times = 0;
        await foreach (Word told in call.ResponseStream.ReadAllAsync())
        {
            Assert.That((told.Times, told.Load), Is.EqualTo((times++, word.Load)));
        }

        Assert.That(times, Is.EqualTo(200));
    }

    [Test]
    public async Task Both_sides_stream_and_each_word_is_answered_before_the_next_is_said()
    {
        using AsyncDuplexStreamingCall<Word, Word> call = _talk.Converse();
        foreach (int length in (int[])[0, 5, 100_000, 7, 2_000_000])
        {
            Word word = Make("both", length);
            await call.RequestStream.WriteAsync(word);
            Assert.That(await call.ResponseStream.MoveNext(default));
            Assert.That(call.ResponseStream.Current, Is.EqualTo(word));
        }

        await call.RequestStream.CompleteAsync();
        Assert.That(await call.ResponseStream.MoveNext(default), Is.False);
    }

    [Test]
    public void An_error_brings_its_status_message_and_trailers()
    {
        RpcException? e = Assert.ThrowsAsync<RpcException>(async () => await _talk.SayAsync(Make(TalkService.Fails, 0)));
        Assert.That((e!.StatusCode, e.Status.Detail), Is.EqualTo((StatusCode.FailedPrecondition, "not ready: caf\u00e9 100 %")));
        Assert.That((e.Trailers.GetValue("why"), e.Trailers.GetValueBytes("proof-bin")), Is.EqualTo(("because", new byte[] { 0, 255 })));
    }

    [Test]
    public async Task A_deadline_ends_the_call_on_both_ends()
    {
        int before = TalkService.Cancelled;
        RpcException? e = Assert.ThrowsAsync<RpcException>(async () => await _talk.SayAsync(Make(TalkService.Waits, 0), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300)));
        Assert.That(e!.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        await Eventually.TrueAsync(() => TalkService.Cancelled == before + 1, "the server's call is cancelled");
    }

    [Test]
    public async Task A_client_that_cancels_in_the_middle_of_a_stream_cancels_the_server()
    {
        int before = TalkService.Cancelled;
        using var enough = new CancellationTokenSource();
        using AsyncServerStreamingCall<Word> call = _talk.Tell(new Word { Text = TalkService.Waits, Times = 3 }, cancellationToken: enough.Token);
        for (int i = 0; i < 3; i++)
        {
            Assert.That(await call.ResponseStream.MoveNext(default));
        }

        await enough.CancelAsync();
        RpcException? e = Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.MoveNext(default));
        Assert.That(e!.StatusCode, Is.EqualTo(StatusCode.Cancelled));
        await Eventually.TrueAsync(() => TalkService.Cancelled == before + 1, "the server's call is cancelled");
    }

    private static Word Make(string text, int length) => new() { Text = text, Load = ByteString.CopyFrom(SamplePage.Noise(length, length)) };
}
