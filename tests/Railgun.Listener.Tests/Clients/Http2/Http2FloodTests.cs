using System.Net;
using System.Text;
using Railgun.Listener.Clients.Http2;
using Railgun.Listener.Tests.Support;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Clients.Http2;

/// <summary>A flood ends its connection, and others are served.</summary>
internal sealed class Http2FloodTests
{
    private static readonly (string Name, string Value)[] Head = [(":method", "GET"), (":scheme", "http"), (":authority", "a.example"), (":path", "/")];

    [Test]
    public Task Of_requests_that_are_taken_back() =>
        EndsAsync(static (frames, i) => frames.AddHead((2 * i) + 1, last: true, Head).Add(H2Frames.RstStream, 0, (2 * i) + 1, [0, 0, 0, 8]));

    [Test]
    public Task Of_pings() => EndsAsync(static (frames, _) => frames.Add(H2Frames.Ping, 0, 0, new byte[8]));

    [Test]
    public Task Of_settings() => EndsAsync(static (frames, _) => frames.Add(H2Frames.Settings, 0, 0, []));

    [Test]
    public Task Of_heads_that_go_on_and_on() =>
        EndsAsync(static (frames, i) => frames.Add(i == 0 ? H2Frames.Headers : H2Frames.Continuation, 0, 1, i == 0 ? H2Frames.Block(Head) : []));

    [Test]
    public Task Of_room_that_is_made_for_nothing() => EndsAsync(static (frames, _) => frames.Add(H2Frames.WindowUpdate, 0, 0, [0, 0, 0, 1]));

    [Test]
    public Task Of_streams_that_are_taken_back_again_and_again() =>
        EndsAsync(static (frames, i) => (i == 0 ? frames.AddHead(1, last: true, Head) : frames).Add(H2Frames.RstStream, 0, 1, [0, 0, 0, 8]));

    [Test]
    public Task Of_DATA_that_is_all_padding() =>
        EndsAsync(static (frames, i) => (i == 0 ? frames.AddHead(1, last: false, [(":method", "POST"), .. Head[1..]]) : frames).Add(H2Frames.Data, 8, 1, [3, 0, 0, 0]));

    [Test]
    public Task Of_requests_beyond_those_that_are_served_at_one_time() =>
        EndsAsync(static (frames, i) => frames.AddHead((2 * i) + 1, last: false, [(":method", "POST"), .. Head[1..]]));

    [Test]
    public async Task A_connection_that_does_what_connections_do_is_left_alone()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        listener.Senders.Handler = exchange => exchange.Answer(200, "ok");
        for (int i = 0; i < 2000; i++)
        {
            Assert.That(await IsServedAsync(listener), Is.True);
        }
    }

    private static async Task EndsAsync(Action<H2Frames, int> add)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.H2c.Add(new(IPAddress.Loopback, 0)));
        using RawClient flood = await RawClient.ConnectAsync(listener.Endpoint);
        var frames = new H2Frames();
        for (int i = 0; i < 4 * ConnectionAccount.MostPoints; i++)
        {
            add(frames, i);
        }

        try
        {
            await flood.SendAsync(Encoding.Latin1.GetString([.. H2Frames.Preface, .. frames.ToArray()]));
        }
        catch (IOException)
        {
            // Closed while we were at it.
        }

        byte[] buffer = new byte[4096];
        while (await flood.ReadAsync(buffer) > 0)
        {
        }

        listener.Senders.Handler = exchange => exchange.Answer(200, "ok");
        Assert.That(await IsServedAsync(listener), Is.True);
    }

    private static async Task<bool> IsServedAsync(EdgeListener listener)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using HttpResponseMessage served = await listener.Client.SendAsync(request);
        return served.StatusCode == HttpStatusCode.OK;
    }
}
