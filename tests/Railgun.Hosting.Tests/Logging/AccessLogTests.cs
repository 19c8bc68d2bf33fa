using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Metrics;
using Railgun.Hosting.Options;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Hosting.Tests.Logging;

internal sealed class AccessLogTests
{
    private static readonly VersionName Base = VersionName.Of("abc"u8);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, 250, TimeSpan.Zero));
    private ServiceProvider _services = null!;

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    [SetUp]
    public void MakeServices() => _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [TearDown]
    public void DisposeServices() => _services.Dispose();

    [Test]
    public void A_text_line_has_what_people_look_for()
    {
        Assert.That(LineOf(LogFormat.Text, Record() with { Client = "192.0.2.9" }), Is.EqualTo(
            "2026-05-01T12:00:00.250Z access 17 shop 192.0.2.9 GET shop.example /a?b=1 200 100000 B, link 60/700 B delta base ba7816bf8f01, 12.3/14.5 ms\n"));
    }

    [Test]
    public void A_text_line_says_why_there_was_no_base_and_what_failed()
    {
        AccessRecord record = Record() with { Peer = null, Base = default, Codec = Codec.Identity, NoBase = "no-store", Fault = new Fault(Stage.Origin, ResetCode.TimedOut, "the origin is silent") };
        Assert.That(LineOf(LogFormat.Text, record), Does.Contain(" 17 - GET ").And.Contain("identity no base: no-store,").And.EndWith("ms, origin: the origin is silent\n"));
    }

    [Test]
    public void A_JSON_line_has_the_stable_names()
    {
        using JsonDocument line = JsonDocument.Parse(LineOf(LogFormat.Json, Record() with { Client = "192.0.2.9", Fault = new Fault(Stage.Client, ResetCode.Cancelled, "gone") }));
        Assert.That(line.RootElement.EnumerateObject().Select(field => field.Name), Is.EqualTo(new[]
        {
            "time", "level", "category", "id", "peer", "client", "method", "authority", "target", "status", "bodyBytes", "linkUp", "linkDown", "codec", "base",
            "firstByteMs", "lastByteMs", "stage", "fault", "reason",
        }));
        Assert.That(line.RootElement.GetProperty("time").GetDateTimeOffset(), Is.EqualTo(_time.GetUtcNow()));
        Assert.That(line.RootElement.GetProperty("id").GetUInt64(), Is.EqualTo(17));
        Assert.That(line.RootElement.GetProperty("base").GetString(), Is.EqualTo("ba7816bf8f01"));
        Assert.That(line.RootElement.GetProperty("firstByteMs").GetDouble(), Is.EqualTo(12.345));
    }

    [Test]
    public void A_JSON_line_without_a_base_says_none_and_why()
    {
        using JsonDocument line = JsonDocument.Parse(LineOf(LogFormat.Json, Record() with { Base = default, NoBase = "first-visit" }));
        Assert.That(line.RootElement.GetProperty("base").GetString(), Is.EqualTo("none"));
        Assert.That(line.RootElement.GetProperty("noBase").GetString(), Is.EqualTo("first-visit"));
        Assert.That(line.RootElement.TryGetProperty("client", out _), Is.False);
    }

    [Test]
    public void Nobody_can_start_a_line_or_steer_a_terminal_with_a_target()
    {
        AccessRecord record = Record() with { Target = "/\r\n2026 forged\u001b[2J\u007f\u0085\u202e\u2028é😀" };
        string text = LineOf(LogFormat.Text, record);
        Assert.That(text, Does.Contain(" /\\u000d\\u000a2026 forged\\u001b[2J\\u007f\\u0085\\u202e\\u2028é😀 200 "));
        Assert.That(text.Count(c => c == '\n'), Is.EqualTo(1));
        string json = LineOf(LogFormat.Json, record);
        Assert.That(json.TrimEnd('\n').Any(char.IsControl), Is.False);
        using JsonDocument line = JsonDocument.Parse(json);
        Assert.That(line.RootElement.GetProperty("target").GetString(), Is.EqualTo(record.Target));
    }

    [Test]
    public void Exchanges_are_summed_and_counted()
    {
        using var collector = new MetricCollector(meter => meter.Name == ExchangeMetrics.MeterName);
        var log = new AccessLog(null, LogFormat.Text, Meters, _time);
        log.Begin();
        log.Begin();
        log.Begin();
        log.End(Record());
        log.End(Record() with { Base = default, NoBase = "no-store", Status = 502, Fault = new Fault(Stage.Origin, ResetCode.OriginBroken, "x") });

        Assert.That(log.Totals, Is.EqualTo(new ExchangeTotals(Active: 1, Ended: 2, Failed: 1, WithBase: 1, BodyBytes: 200_000, LinkUp: 120, LinkDown: 1400)));
        Assert.That(log.Totals.HitRate, Is.EqualTo(0.5));
        string text = System.Text.Encoding.UTF8.GetString(PrometheusText.Format(collector.Collect()));
        Assert.That(text, Does.Contain("railgun_exchanges_total{codec=\"delta\",fault=\"none\",status=\"2xx\"} 1\n"));
        Assert.That(text, Does.Contain("railgun_exchanges_total{codec=\"delta\",fault=\"origin\",status=\"5xx\"} 1\n"));
        Assert.That(text, Does.Contain("railgun_exchange_no_base_total{reason=\"no-store\"} 1\n"));
        Assert.That(text, Does.Contain("railgun_exchanges_active 1\n").And.Contain("railgun_exchange_body_bytes_total 200000\n"));
        Assert.That(text, Does.Contain("railgun_exchange_link_bytes_total{direction=\"down\"} 1400\n"));
        Assert.That(text, Does.Contain("railgun_exchange_first_byte_seconds_bucket{le=\"0.01\"} 0\n").And.Contain("railgun_exchange_first_byte_seconds_bucket{le=\"0.025\"} 2\n"));
    }

    [Test]
    public void A_line_costs_no_memory_in_a_steady_state()
    {
        using var sink = new LogSink(Stream.Null, LogFormat.Json);
        var log = new AccessLog(sink, LogFormat.Json, Meters, _time);
        AccessRecord record = Record();
        void Once()
        {
            log.Begin();
            log.End(in record);
        }

        for (int i = 0; i < 100; i++)
        {
            Once();
        }

        // The compiler's tiers and a sink that falls behind allocate now and then; what each line cost would be in every round.
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                Once();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.That(least, Is.LessThan(1000));
    }

    private static AccessRecord Record() => new()
    {
        Id = 17,
        Peer = "shop",
        Method = "GET",
        Authority = "shop.example",
        Target = "/a?b=1",
        Status = 200,
        BodyBytes = 100_000,
        LinkUp = 60,
        LinkDown = 700,
        Codec = Codec.Delta,
        Base = Base,
        FirstByte = TimeSpan.FromMilliseconds(12.345),
        LastByte = TimeSpan.FromMilliseconds(14.5),
    };

    private string LineOf(LogFormat format, AccessRecord record)
    {
        using var output = new MemoryStream();
        using (var sink = new LogSink(output, format))
        {
            var log = new AccessLog(sink, format, Meters, _time);
            log.Begin();
            log.End(in record);
        }

        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
