using System.Net;
using Railgun.EndToEnd.Harness;
using Railgun.Try.Processes;

namespace Railgun.EndToEnd;

/// <summary>A side goes, by force or politely, and comes back.</summary>
internal sealed class RestartTests
{
    private const int HalfSent = 4_000_000;

    private RunningPair _pair = null!;

    [SetUp]
    public async Task StartAsync() => _pair = await RunningPair.StartAsync();

    [TearDown]
    public ValueTask StopAsync() => _pair.DisposeAsync();

    [Test]
    public async Task When_the_sender_is_killed_in_a_body_the_client_sees_a_broken_response_and_the_next_request_works()
    {
        using HttpResponseMessage answer = await BeginAsync();
        await _pair.Pair.Sender.Child.KillAsync();
        await ExpectBrokenAsync(answer);

        _pair.StartSender();
        await _pair.Pair.ReadyAsync();
        Assert.That((await _pair.PageAsync("/page/after")).Use.HasBase, Is.False);
    }

    [Test]
    public async Task When_the_listener_is_killed_in_a_body_the_client_sees_a_broken_response_and_the_sender_dials_the_next()
    {
        using HttpResponseMessage answer = await BeginAsync();
        await _pair.Pair.Listener.Child.KillAsync();
        await ExpectBrokenAsync(answer);

        _pair.StartListener();
        await _pair.Pair.ReadyAsync();
        await _pair.PageAsync("/page/after");
    }

    [Test]
    public async Task The_first_answer_after_a_restart_of_the_sender_is_a_delta()
    {
        Served before = await _pair.PageAsync("/page/news");
        await _pair.Pair.Sender.Child.StopAsync();
        _pair.StartSender();
        await _pair.Pair.ReadyAsync();
        Served first = await _pair.PageAsync("/page/news");
        Served second = await _pair.PageAsync("/page/news");
        Assert.That((first.Use.Base, first.Use.Codec), Is.EqualTo((before.Name, "dense-signature")), first.Use.NoBase);
        Assert.That(first.Use.Down, Is.LessThan(first.Length / 8));
        Assert.That(first.Use.Up, Is.LessThan(first.Length / 30), "the signature goes with the request");
        Assert.That((second.Use.Base, second.Use.Codec), Is.EqualTo((first.Name, "delta")), second.Use.NoBase);
        Assert.That(second.Use.Up, Is.LessThan(100), "no signature is needed any more");
    }

    [Test]
    public async Task That_delta_takes_no_round_trip_more_than_any_answer()
    {
        await _pair.PageAsync("/page/news");
        await _pair.Pair.Sender.Child.StopAsync();
        await using var relay = new LinkRelay(_pair.Pair.LinkPort);
        _pair.Pair.Sender.Start("--listener", relay.Address, "--origin", _pair.Origin.Address.GetLeftPart(UriPartial.Authority));
        await _pair.Pair.ReadyAsync();

        // What lanes say to each other when they begin is over; they ping after 5 s.
        int quiet = 0;
        await Eventually.TrueAsync(() => (quiet = relay.TakeTurns().Length == 0 ? quiet + 1 : 0) == 20, "the lanes are quiet");
        Served first = await _pair.PageAsync("/page/news");
        Assert.That(relay.TakeTurns(), Is.EqualTo("^v"), "the request with its signature, and the answer");
        Assert.That(first.Use.Codec, Is.EqualTo("dense-signature"), first.Use.NoBase);
        await _pair.Pair.Sender.Child.StopAsync();
    }

    [Test]
    public async Task After_a_restart_of_the_listener_the_body_comes_in_full_and_then_as_a_delta_again()
    {
        await _pair.PageAsync("/page/news");
        await _pair.Pair.Listener.Child.StopAsync();
        _pair.StartListener();
        await _pair.Pair.ReadyAsync();
        Served full = await _pair.PageAsync("/page/news");
        Served delta = await _pair.PageAsync("/page/news");
        Assert.That(full.Use.HasBase, Is.False);
        Assert.That(delta.Use.Base, Is.EqualTo(full.Name), delta.Use.NoBase);
    }

    [TestCase("sender")]
    [TestCase("listener")]
    public async Task SIGTERM_lets_what_is_in_flight_finish(string side)
    {
        ChildProcess child = (side == "sender" ? _pair.Pair.Sender : _pair.Pair.Listener).Child;
        using HttpResponseMessage answer = await BeginAsync();
        child.Send(Signal.Terminate);
        await Task.Delay(300);
        Assert.That(child.HasExited, Is.False, "an exchange is in flight");
        _pair.Origin.OpenGate();
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        Assert.That(body.AsSpan().SequenceEqual(SamplePage.Noise(HalfSent, HalfSent)));
        await child.WaitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);
        Assert.That(child.ExitCode, Is.Zero);
    }

    [Test]
    public async Task When_the_client_leaves_the_origin_is_told()
    {
        using (await BeginAsync())
        {
            Assert.That(_pair.Origin.Waiting, Is.EqualTo(1));
        }

        await Eventually.TrueAsync(() => _pair.Origin.Waiting == 0, "the origin's request is aborted");
    }

    // A response of which half has been sent by the origin; the other half waits for the gate.
    private async Task<HttpResponseMessage> BeginAsync()
    {
        HttpResponseMessage answer = await _pair.Client.GetAsync($"/gated/{HalfSent}", HttpCompletionOption.ResponseHeadersRead);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await Eventually.TrueAsync(() => _pair.Origin.Waiting == 1, "the origin has sent half");
        return answer;
    }

    private static async Task ExpectBrokenAsync(HttpResponseMessage answer)
    {
        var got = new MemoryStream();
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        Assert.That(async () => await body.CopyToAsync(got), Throws.InstanceOf<IOException>());
        byte[] expected = SamplePage.Noise(HalfSent, HalfSent);
        Assert.That(got.Length, Is.LessThan(HalfSent));
        Assert.That(expected.AsSpan().StartsWith(got.ToArray()), "what came before the break is right");
    }
}
