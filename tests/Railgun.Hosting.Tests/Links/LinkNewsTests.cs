using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Railgun.Hosting.Links;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Options;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Transport;

namespace Railgun.Hosting.Tests.Links;

internal sealed class LinkNewsTests
{
    private static readonly Fingerprint Key = new(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private MemoryStream _output = null!;
    private LogSink _sink = null!;
    private ILoggerFactory _loggers = null!;
    private LinkNews _news = null!;

    [SetUp]
    public void MakeNews()
    {
        _output = new MemoryStream();
        _sink = new LogSink(_output, LogFormat.Text);
        _loggers = LoggerFactory.Create(builder => builder.AddProvider(new LineLoggerProvider(_sink, LogFormat.Text, new RecentProblems(), _time)));
        _news = new LinkNews(_loggers.CreateLogger<LinkNews>(), _time);
    }

    [TearDown]
    public void DisposeLogs()
    {
        _loggers.Dispose();
        _sink.Dispose();
        _output.Dispose();
    }

    [Test]
    public void Lanes_up_and_down_are_told_with_name_fingerprint_and_cause()
    {
        _news.LaneUp(Report("shop", "192.0.2.1:40000"));
        _news.LaneDown(Report("shop", "192.0.2.1:40000", cause: "silent for 10 s"));
        Assert.That(Lines(), Is.EqualTo(new[]
        {
            $"info LinkNews: Lane up: shop ({Key}) at 192.0.2.1:40000",
            $"info LinkNews: Lane down: shop ({Key}) at 192.0.2.1:40000: silent for 10 s; 0 left",
        }));
    }

    [Test]
    public void Lanes_dialled_to_one_place_are_counted_apart()
    {
        DateTimeOffset up = _time.GetUtcNow();
        _news.LaneUp(Report("edge", "192.0.2.1:2408", dialled: true));
        _news.LaneUp(Report("edge", "192.0.2.1:2408", dialled: true));
        _time.Advance(TimeSpan.FromMinutes(1));
        _news.LaneDown(Report("edge", "192.0.2.1:2408", dialled: true));
        Assert.That(Lines()[^1], Does.EndWith("; 1 left"));
        Assert.That(_news.Since("edge"), Is.EqualTo(up), "still up");
        Assert.That(_news.Dialled("edge", "192.0.2.1:2408"), Is.True);
        _news.LaneDown(Report("edge", "192.0.2.1:2408", dialled: true));
        Assert.That(Lines()[^1], Does.EndWith("; 0 left"));
        Assert.That(_news.Since("edge"), Is.EqualTo(up + TimeSpan.FromMinutes(1)));
        Assert.That(_news.Dialled("edge", "192.0.2.1:2408"), Is.False);
    }

    [Test]
    public void An_outage_is_one_warning_however_many_requests_it_costs()
    {
        for (int i = 0; i < 5; i++)
        {
            _news.RequestFailed("shop", "no lane to shop for 2 s");
        }

        _news.LaneUp(Report("shop", "192.0.2.1:40000"));
        Assert.That(Lines(), Has.Length.EqualTo(3));
        Assert.That(Lines()[0], Does.StartWith("warning").And.Contain("Requests to shop fail: no lane to shop for 2 s"));
        Assert.That(Lines()[2], Does.EndWith("shop is back; 5 requests found no lane meanwhile"));
    }

    [Test]
    public void A_try_that_fails_again_and_again_is_a_warning_once_until_it_is_well_or_forgotten()
    {
        void Fail() => _news.ConnectFailed(Report(null, "edge.example:2408", "connection refused", "check the port", dialled: true));
        Fail();
        Fail();
        Assert.That(Warnings(), Is.EqualTo(1));
        _news.LaneUp(Report("edge", "192.0.2.1:2408", dialled: true));
        Fail();
        Assert.That(Warnings(), Is.EqualTo(2));
        _time.Advance(Repeats.Forgotten);
        Fail();
        Assert.That(Warnings(), Is.EqualTo(3));
    }

    [Test]
    public void A_stranger_with_a_new_port_each_time_is_the_same_stranger()
    {
        _news.ConnectFailed(Report(null, "192.0.2.9:1000", "TLS failed"));
        _news.ConnectFailed(Report(null, "192.0.2.9:1001", "TLS failed"));
        Assert.That(Warnings(), Is.EqualTo(1));
    }

    [Test]
    public void A_peer_that_was_refused_and_came_in_is_news_when_it_is_refused_again()
    {
        _news.PeerRefused(Report(null, "192.0.2.1:1000", "its key is not trusted here", "x"));
        _news.PeerRefused(Report(null, "192.0.2.1:1001", "its key is not trusted here", "x"));
        _news.LaneUp(Report("shop", "192.0.2.1:1002"));
        _news.PeerRefused(Report(null, "192.0.2.1:1003", "its key is not trusted here", "x"));
        Assert.That(Warnings(), Is.EqualTo(2));
    }

    [Test]
    public void A_refusal_says_what_to_run_where_there_is_something()
    {
        _news.PeerRefused(Report(null, "192.0.2.1:40000", "its key is not trusted here", "run here: x"));
        _news.PeerRefused(Report("edge", "192.0.2.2:2408", "the peer refused: y"));
        Assert.That(Lines(), Is.EqualTo(new[]
        {
            $"warning LinkNews: Peer refused: {Key} at 192.0.2.1:40000: its key is not trusted here; run here: x",
            $"warning LinkNews: Peer refused: {Key} at 192.0.2.2:2408: the peer refused: y",
        }));
    }

    private static LaneReport Report(string? peer, string remote, string cause = "", string? remedy = null, bool dialled = false) =>
        new(peer, Key, remote, dialled, cause, remedy);

    private int Warnings() => Lines().Count(line => line.StartsWith("warning", StringComparison.Ordinal));

    // Without the time in front.
    private string[] Lines()
    {
        _sink.Flush();
        return [.. Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf(' ') + 1)..])];
    }
}
