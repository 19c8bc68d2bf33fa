using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd;

/// <summary>Slow clients, slow uploads, a slow origin, idle connections, each in number: limits hold, and others are served.</summary>
[CancelAfter(120_000)]
internal sealed class SlownessTests
{
    private const int MB = 1024 * 1024;

    private RunningPair _pair = null!;
    private List<Socket> _sockets = null!;

    [SetUp]
    public void Begin() => _sockets = [];

    [TearDown]
    public async Task StopAsync()
    {
        _sockets.ForEach(socket => socket.Dispose());
        await _pair.DisposeAsync();
    }

    [Test]
    public async Task A_thousand_idle_connections_hold_nobody_up_and_are_closed_after_their_time()
    {
        await StartAsync(("RAILGUN_CLIENTS__IDLETIMEOUT", "2s"));
        for (int i = 0; i < 1000; i++)
        {
            Add(await RawClient.SendTextAsync(_pair.Pair.HttpPort, i % 4 == 0 ? "GET /head HTTP/1.1\r\nHost: raw.example\r\n\r\n" : ""));
        }

        await OthersAreServedAsync();
        foreach (Socket socket in _sockets)
        {
            string answer = await RawClient.ReadTextAsync(socket);
            Assert.That(answer, Is.Empty.Or.StartsWith("HTTP/1.1 200 "));
        }
    }

    [Test]
    public async Task Clients_that_do_not_read_hold_little_memory_and_are_cut_off()
    {
        await StartAsync(("RAILGUN_CLIENTS__LEASTRATE", "1MiB"), ("RAILGUN_CLIENTS__LEASTRATEGRACE", "5s"));
        for (int i = 0; i < 60; i++)
        {
            Add(await RawClient.SendAsync(_pair.Pair.HttpPort, $"/flood/{50 * MB}"));
        }

        await Eventually.TrueAsync(() => _sockets.TrueForAll(socket => socket.Available > 0), "all answers have begun");
        await OthersAreServedAsync();
        MemoryIsBounded();
        await Eventually.TrueAsync(() => _sockets.TrueForAll(IsCut), "those who read nothing are cut off");
    }

    [Test]
    public async Task Uploads_that_stall_hold_nobody_up_and_get_408()
    {
        await StartAsync(("RAILGUN_CLIENTS__LEASTRATE", "1KiB"), ("RAILGUN_CLIENTS__LEASTRATEGRACE", "3s"));
        for (int i = 0; i < 300; i++)
        {
            Add(await RawClient.BeginUploadAsync(_pair.Pair.HttpPort, "/digest", MB, "a little"));
        }

        await OthersAreServedAsync();
        foreach (Socket socket in _sockets)
        {
            Assert.That(await RawClient.ReadTextAsync(socket), Does.StartWith("HTTP/1.1 408 ").And.Contain("Railgun-Error: stage=client, code=timed-out"));
        }
    }

    [Test]
    public async Task An_origin_that_takes_no_uploads_holds_little_memory_and_gets_all_of_them_in_the_end()
    {
        await StartAsync();
        byte[] body = SamplePage.Noise(16 * MB, 16 * MB);
        Task<HttpResponseMessage>[] uploads = [.. Enumerable.Range(0, 40).Select(_ => _pair.Client.PostAsync("/hold", new ByteArrayContent(body)))];
        await Eventually.TrueAsync(() => _pair.Origin.Waiting == uploads.Length, "all uploads wait at the origin");
        await OthersAreServedAsync();
        MemoryIsBounded();
        _pair.Origin.OpenGate();
        string digest = Convert.ToHexStringLower(SHA256.HashData(body));
        foreach (HttpResponseMessage answer in await Task.WhenAll(uploads))
        {
            Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo(digest));
            answer.Dispose();
        }
    }

    [Test]
    public async Task A_slow_origin_takes_no_more_exchanges_than_the_limit_and_others_are_told_at_once()
    {
        const int Limit = 50;
        _pair = await RunningPair.StartAsync([], [("RAILGUN_LIMITS__EXCHANGES", $"{Limit}")]);
        Task<HttpResponseMessage>[] slow = [.. Enumerable.Range(0, Limit).Select(_ => _pair.Client.GetAsync("/late"))];
        await Eventually.TrueAsync(() => _pair.Origin.Waiting == Limit, "as many as may wait at the origin");
        using HttpResponseMessage beyond = await _pair.Client.GetAsync("/late");
        Assert.That(beyond.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(beyond.Headers.GetValues("Railgun-Error").Single(), Does.StartWith("stage=sender"));
        Assert.That(await beyond.Content.ReadAsStringAsync(), Does.Contain("limits.exchanges"));
        _pair.Origin.OpenGate();
        foreach (HttpResponseMessage answer in await Task.WhenAll(slow))
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            answer.Dispose();
        }
    }

    private async Task StartAsync(params (string Name, string Value)[] listener) => _pair = await RunningPair.StartAsync(listener, []);

    private void Add(Socket socket) => _sockets.Add(socket);

    private async Task OthersAreServedAsync()
    {
        for (int i = 0; i < 20; i++)
        {
            await _pair.PageAsync("/page/quick");
        }
    }

    // What was asked for is several times as much.
    private void MemoryIsBounded()
    {
        TestContext.Out.WriteLine($"resident: listener {_pair.Pair.Listener.Child.ResidentBytes / MB} MB, sender {_pair.Pair.Sender.Child.ResidentBytes / MB} MB");
        Assert.That(_pair.Pair.Listener.Child.ResidentBytes, Is.LessThan(400L * MB), "the listener's memory");
        Assert.That(_pair.Pair.Sender.Child.ResidentBytes, Is.LessThan(400L * MB), "the sender's memory");
    }

    // The kernel still has what was sent before; behind it nothing comes any more, and the other side is gone.
    private static bool IsCut(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectError) || socket.Send("x"u8) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
