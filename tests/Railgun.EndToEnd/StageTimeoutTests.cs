using System.Net;
using System.Net.Sockets;
using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd;

/// <summary>Each stage has a time-out of its own, that can be configured, with a status and a reason of its own (OPERATIONS.md, "Time-outs").</summary>
[CancelAfter(60_000)]
internal sealed class StageTimeoutTests
{
    [Test]
    public async Task Client_that_does_not_finish_its_head()
    {
        await using RunningPair pair = await ListenerAsync(("RAILGUN_CLIENTS__HEADTIMEOUT", "1s"));
        using Socket socket = await RawClient.SendTextAsync(pair.Pair.HttpPort, "GET / HTTP/1.1\r\nHost: raw");
        Assert.That(await RawClient.ReadTextAsync(socket), Does.StartWith("HTTP/1.1 408 "));
    }

    [Test]
    public async Task Client_that_is_slow_with_its_body()
    {
        await using RunningPair pair = await ListenerAsync(("RAILGUN_CLIENTS__LEASTRATE", "1KiB"), ("RAILGUN_CLIENTS__LEASTRATEGRACE", "2s"));
        using Socket socket = await RawClient.BeginUploadAsync(pair.Pair.HttpPort, "/echo", 1000, "a");
        string answer = await RawClient.ReadTextAsync(socket);
        Assert.That(answer, Does.StartWith("HTTP/1.1 408 ").And.Contain("stage=client, code=timed-out").And.Contain("clients.leastRate"));
    }

    [Test]
    public async Task Listener_whose_cluster_is_silent()
    {
        await using RunningPair pair = await ListenerAsync(
            ("RAILGUN_REVERSEPROXY__ROUTES__ALL__CLUSTERID", "all"), ("RAILGUN_REVERSEPROXY__ROUTES__ALL__MATCH__PATH", "{**rest}"),
            ("RAILGUN_REVERSEPROXY__CLUSTERS__ALL__DESTINATIONS__ONE__ADDRESS", "http://origin.railgun/"),
            ("RAILGUN_REVERSEPROXY__CLUSTERS__ALL__HTTPREQUEST__ACTIVITYTIMEOUT", "00:00:01"));
        await IsToldAsync(pair, "/late", 504, "stage=listener, code=timed-out", "activity timeout");
    }

    [Test]
    public async Task Link_without_a_lane()
    {
        await using RunningPair pair = await ListenerAsync(("RAILGUN_LINK__WAITFORLANE", "100ms"));
        await pair.Pair.Sender.Child.StopAsync();
        await IsToldAsync(pair, "/late", 503, "stage=link", "lane");
    }

    [Test]
    public async Task Origin_that_does_not_answer()
    {
        await using RunningPair pair = await SenderAsync(origin: null, ("RAILGUN_ORIGIN__HEADTIMEOUT", "500ms"));
        await IsToldAsync(pair, "/late", 504, "stage=origin, code=timed-out", "no response");
    }

    [Test]
    public async Task Origin_that_falls_silent_in_a_body()
    {
        await using RunningPair pair = await SenderAsync(origin: null, ("RAILGUN_ORIGIN__BODYTIMEOUT", "500ms"));
        Assert.ThrowsAsync<HttpRequestException>(() => pair.Client.GetByteArrayAsync("/gated/1000000"));
        Assert.That((await pair.SenderAccess.NextAsync("/gated/1000000", default))?.Stage, Is.EqualTo("origin"));
    }

    [Test]
    public async Task Origin_that_takes_nothing_of_an_upload()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)deaf.LocalEndpoint).Port}/");
        await using RunningPair pair = await SenderAsync(address, ("RAILGUN_ORIGIN__WRITETIMEOUT", "500ms"));
        using HttpResponseMessage answer = await pair.Client.PostAsync("/", new ByteArrayContent(new byte[32 * 1024 * 1024]));
        await IsAsync(answer, 504, "stage=origin, code=timed-out", "took nothing of the request");
    }

    [Test]
    public async Task Sender_whose_connections_to_the_origin_are_all_in_use()
    {
        await using RunningPair pair = await SenderAsync(origin: null, ("RAILGUN_ORIGIN__CONNECTIONS", "1"), ("RAILGUN_ORIGIN__CONNECTTIMEOUT", "500ms"));
        Task<HttpResponseMessage> first = pair.Client.GetAsync("/late");
        await Eventually.TrueAsync(() => pair.Origin.Waiting == 1, "the only connection is in use");
        await IsToldAsync(pair, "/late", 503, "stage=sender", "origin.connections");
        pair.Origin.OpenGate();
        (await first).Dispose();
    }

    private static Task<RunningPair> ListenerAsync(params (string Name, string Value)[] variables) => RunningPair.StartAsync(variables, []);

    private static Task<RunningPair> SenderAsync(Uri? origin, params (string Name, string Value)[] variables) => RunningPair.StartAsync([], variables, origin);

    private static async Task IsToldAsync(RunningPair pair, string target, int status, string error, string reason)
    {
        using HttpResponseMessage answer = await pair.Client.GetAsync(target);
        await IsAsync(answer, status, error, reason);
    }

    private static async Task IsAsync(HttpResponseMessage answer, int status, string error, string reason)
    {
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Headers.GetValues("Railgun-Error").Single(), Does.StartWith(error));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(reason));
    }
}
