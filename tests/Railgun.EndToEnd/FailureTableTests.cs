using System.Net;
using Railgun.EndToEnd.Harness;
using Railgun.Try.Processes;

namespace Railgun.EndToEnd;

/// <summary>What a client is told when a part of the path is gone (ARCHITECTURE.md, "When something fails").</summary>
internal sealed class FailureTableTests
{
    private RunningPair _pair = null!;

    [SetUp]
    public async Task StartAsync() => _pair = await RunningPair.StartAsync();

    [TearDown]
    public ValueTask StopAsync() => _pair.DisposeAsync();

    [Test]
    public async Task Without_a_sender_the_listener_answers_503_with_Retry_After_and_names_the_link()
    {
        await _pair.Pair.Sender.Child.StopAsync();
        using HttpResponseMessage answer = await _pair.Client.GetAsync("/page/gone");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(answer.Headers.RetryAfter, Is.Not.Null);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("link"));
        Assert.That((await _pair.UseOfAsync("/page/gone")).Stage, Is.EqualTo("link"));
    }

    [Test]
    public async Task Without_an_origin_the_sender_answers_502_and_names_the_origin()
    {
        await _pair.Origin.DisposeAsync();
        using HttpResponseMessage answer = await _pair.Client.GetAsync("/page/gone");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("origin"));
        Assert.That((await _pair.UseOfAsync("/page/gone")).Status, Is.EqualTo(502));
        Assert.That((await _pair.SenderAccess.NextAsync("/page/gone", CancellationToken.None))?.Stage, Is.EqualTo("origin"));
    }

    [Test]
    public async Task An_origin_that_comes_back_is_asked_again()
    {
        Uri address = _pair.Origin.Address;
        await _pair.Origin.DisposeAsync();
        using (HttpResponseMessage answer = await _pair.Client.GetAsync("/page/gone"))
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        }

        await using TestOrigin back = await TestOrigin.StartAsync(address.Port);
        using HttpResponseMessage again = await _pair.Client.GetAsync("/page/gone");
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task One_warning_an_outage_and_not_one_a_request()
    {
        await _pair.Pair.Sender.Child.StopAsync();
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage answer = await _pair.Client.GetAsync("/page/gone");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        }

        var warnings = _pair.Pair.Listener.Child.Output.Lines.Where(line => line.Contains("\"level\":\"warning\"", StringComparison.OrdinalIgnoreCase));
        Assert.That(warnings.Count(), Is.LessThanOrEqualTo(1), string.Join('\n', warnings));
    }

    [Test]
    public async Task Each_side_says_whether_it_is_ready()
    {
        await _pair.Pair.Sender.Child.StopAsync();
        using var http = new HttpClient { BaseAddress = _pair.Pair.Listener.Admin };
        using HttpResponseMessage live = await http.GetAsync("/livez");
        Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await RunningPair.LoggedAsync(_pair.Pair.Listener, Pair.SenderName);
        HttpStatusCode ready = HttpStatusCode.OK;
        for (int look = 0; ready == HttpStatusCode.OK && look < 100; look++)
        {
            await Task.Delay(50);
            using HttpResponseMessage answer = await http.GetAsync("/ready");
            ready = answer.StatusCode;
        }

        Assert.That(ready, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }
}
