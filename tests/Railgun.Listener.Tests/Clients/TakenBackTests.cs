using System.Net;
using Microsoft.Extensions.Time.Testing;
using Railgun.Listener.Clients;
using Railgun.Listener.Tests.Support;
using Railgun.TestKit;

namespace Railgun.Listener.Tests.Clients;

/// <summary>Requests of HTTP/2 that are taken back: some are every day's, many are a flood.</summary>
internal sealed class TakenBackTests
{
    [Test]
    public void A_connection_may_take_back_so_many_and_one_more_is_too_many()
    {
        var account = new ConnectionAccount(new FakeTimeProvider());
        Assert.That(Enumerable.Range(0, ConnectionAccount.MostPoints).Select(_ => account.TakenBack()), Has.None.True);
        Assert.That(account.TakenBack());
    }

    [Test]
    public void Answers_and_time_give_points_back()
    {
        var time = new FakeTimeProvider();
        var account = new ConnectionAccount(time);
        TakeBack(account, ConnectionAccount.MostPoints);
        account.Answered();
        Assert.That(account.TakenBack(), Is.False);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(Enumerable.Range(0, 2 * ConnectionAccount.BackInASecond).Select(_ => account.TakenBack()), Has.None.True);
        Assert.That(account.TakenBack());
    }

    [Test]
    public async Task A_flood_of_requests_that_are_taken_back_ends_its_connection_and_others_are_served()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options =>
        {
            options.H2c.Add(new(IPAddress.Loopback, 0));
        });
        using RawClient flood = await RawClient.ConnectAsync(listener.Endpoint);
        var frames = new H2Frames();
        for (int i = 0; i < 10 * ConnectionAccount.MostPoints; i++)
        {
            frames.AddHead((2 * i) + 1, last: true, (":method", "GET"), (":scheme", "http"), (":authority", "a.example"), (":path", "/")).Add(H2Frames.RstStream, 0, (2 * i) + 1, [0, 0, 0, 8]);
        }

        try
        {
            await flood.SendAsync(System.Text.Encoding.Latin1.GetString([.. H2Frames.Preface, .. frames.ToArray()]));
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
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using HttpResponseMessage served = await listener.Client.SendAsync(request);
        Assert.That(served.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static void TakeBack(ConnectionAccount account, int times)
    {
        for (int i = 0; i < times; i++)
        {
            account.TakenBack();
        }
    }
}
