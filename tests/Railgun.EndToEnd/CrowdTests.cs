using System.Globalization;
using System.Net.Sockets;
using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd;

/// <summary>Many at once, and one that is slow.</summary>
internal sealed class CrowdTests
{
    private RunningPair _pair = null!;

    [SetUp]
    public async Task StartAsync() => _pair = await RunningPair.StartAsync();

    [TearDown]
    public ValueTask StopAsync() => _pair.DisposeAsync();

    [Test]
    public async Task Five_hundred_exchanges_are_in_flight_at_once()
    {
        byte[] expected = SamplePage.Make("late", 1);
        Task<byte[]>[] all = [.. Enumerable.Range(0, 500).Select(_ => _pair.Client.GetByteArrayAsync("/late"))];
        await Eventually.TrueAsync(() => _pair.Origin.Waiting == 500, "500 requests wait at the origin");
        _pair.Origin.OpenGate();
        foreach (byte[] body in await Task.WhenAll(all))
        {
            Assert.That(body, Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task Five_hundred_versions_of_twenty_pages_are_asked_for_at_once()
    {
        async Task CheckAsync(int number)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"crowd{number % 20}");
            using HttpResponseMessage answer = await _pair.Client.GetAsync("/page/" + name);
            int version = int.Parse(answer.Headers.GetValues("X-Version").Single(), CultureInfo.InvariantCulture);
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(SamplePage.Make(name, version)));
        }

        await Task.WhenAll(Enumerable.Range(0, 500).Select(CheckAsync));
    }

    [Test]
    public async Task A_client_that_does_not_read_slows_nobody_else()
    {
        const int Length = 10 * 1024 * 1024;
        using Socket slow = await RawClient.SendAsync(_pair.Pair.HttpPort, string.Create(CultureInfo.InvariantCulture, $"/noise/{Length}"));
        await Eventually.TrueAsync(() => slow.Available > 0, "the slow client's answer has begun");
        for (int i = 0; i < 50; i++)
        {
            await _pair.PageAsync("/page/quick");
        }

        byte[] answer = await RawClient.ReadAllAsync(slow);
        Assert.That(answer.AsSpan(answer.Length - Length).SequenceEqual(SamplePage.Noise(Length, Length)));
    }
}
