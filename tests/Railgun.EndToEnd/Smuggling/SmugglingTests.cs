using Railgun.EndToEnd.Harness;
using Railgun.TestKit;
using Railgun.Try.Processes;

namespace Railgun.EndToEnd.Smuggling;

/// <summary>Nothing that two parsers could read differently passes the edge: it is refused, and the connection, or the stream of HTTP/2, ends with it.</summary>
[CancelAfter(120_000)]
internal sealed class SmugglingTests
{
    private static readonly Payload[] OverH1 = [.. H1HeadPayloads.All, .. H1BodyPayloads.All];
    private static readonly Payload[] OverH2 = [.. H2Payloads.All];

    private readonly string _folder = Directory.CreateTempSubdirectory("railgun-smuggling-").FullName;
    private RecordingOrigin _origin = null!;
    private Pair _pair = null!;
    private int _h2c;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await PairedKeys.CopyToAsync(_folder);
        _origin = new RecordingOrigin();
        _pair = new Pair(_folder);
        _h2c = LoopbackPorts.Take(1)[0];
        _pair.Listener.Environment["RAILGUN_H2C"] = $"127.0.0.1:{_h2c}";
        _pair.StartListener();
        _pair.StartSender(_origin.Address);
        await _pair.ReadyAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _pair.DisposeAsync();
        await _origin.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SetUp]
    public void Forget()
    {
        _origin.TakeHeads();
        _origin.TakeWhole();
    }

    [Test]
    public void There_are_at_least_80_payloads_each_with_a_name_of_its_own()
    {
        Assert.That(OverH1.Length + OverH2.Length, Is.AtLeast(80));
        Assert.That(OverH1.Select(p => p.Name), Is.Unique);
        Assert.That(OverH2.Select(p => p.Name), Is.Unique);
    }

    [TestCaseSource(nameof(OverH1))]
    public async Task An_ambiguous_request_of_HTTP_1_is_refused_and_its_connection_is_closed(Payload payload)
    {
        Verdict verdict = await Verdict.OfH1Async(_pair.HttpPort, payload);
        Assert.That(verdict.Status, Is.AnyOf(400, 405, 505), "405: a form of target for another method; 505: another version of HTTP");
        Assert.That(verdict.Closed);
        await ExpectNothingAsync(payload);
    }

    [TestCaseSource(nameof(OverH2))]
    public async Task An_ambiguous_request_of_HTTP_2_is_answered_400_or_its_stream_is_reset(Payload payload)
    {
        Verdict verdict = await Verdict.OfH2Async(_h2c, payload);
        Assert.That(verdict.Status == 400 || (verdict.Status == 0 && verdict.StreamReset), Is.True, verdict.ToString());
        await ExpectNothingAsync(payload);
    }

    [Test]
    public async Task What_is_in_order_passes_so_that_the_suite_can_see()
    {
        var h1 = new Payload("GET", System.Text.Encoding.ASCII.GetBytes($"GET {Payload.Path} HTTP/1.1\r\nHost: raw.example\r\nConnection: close\r\n\r\n"));
        Assert.That((await Verdict.OfH1Async(_pair.HttpPort, h1)).Status, Is.EqualTo(200));
        var h2 = new Payload("GET", new H2Frames().AddHead(1, last: true, (":method", "GET"), (":scheme", "http"), (":authority", "raw.example"), (":path", Payload.Path)).ToArray());
        Assert.That((await Verdict.OfH2Async(_h2c, h2)).Status, Is.EqualTo(200));
        Assert.That(_origin.TakeWhole(), Has.Count.EqualTo(2).And.All.StartsWith($"GET {Payload.Path} HTTP/1.1\r\n"));
    }

    [TestCase("\nGET /once HTTP/1.1\r\nHost: raw.example\r\n\r\n", TestName = "An_empty_line_before_the_request_line_is_dropped")]
    [TestCase("GET /once  HTTP/1.1\r\nHost: raw.example\r\n\r\n", TestName = "Two_blanks_before_the_version_become_one")]
    public async Task What_a_server_may_be_lenient_about_has_one_form_behind_the_listener(string request)
    {
        var payload = new Payload("lenient", System.Text.Encoding.ASCII.GetBytes(request));
        Assert.That((await Verdict.OfH1Async(_pair.HttpPort, payload)).Status, Is.EqualTo(200));
        Assert.That(_origin.TakeWhole(), Has.Count.EqualTo(1).And.All.StartsWith("GET /once HTTP/1.1\r\n"));
    }

    // A request in order, behind the other: when it has come, so would have the other.
    private async Task ExpectNothingAsync(Payload payload)
    {
        string answer = await RawClient.GetAsync(_pair.HttpPort, "/after");
        Assert.That(answer, Does.StartWith("HTTP/1.1 200 "));
        IReadOnlyList<string> whole = _origin.TakeWhole();
        IReadOnlyList<string> heads = _origin.TakeHeads();
        Assert.That(whole, Has.Count.EqualTo(1).And.All.StartsWith("GET /after HTTP/1.1\r\n"));
        Assert.That(heads, Has.None.Contains(Payload.Smuggled));
        if (!payload.FaultInBody)
        {
            Assert.That(heads, Has.Count.EqualTo(1));
        }
    }
}
