using System.Diagnostics.Metrics;
using Railgun.Protocol.Engine;

namespace Railgun.Hosting.Logging;

/// <summary>The counters of exchanges, fed by the access log so that log, metrics and status agree.</summary>
internal sealed class ExchangeMetrics
{
    /// <summary>The name of their meter.</summary>
    public const string MeterName = "Railgun.Exchanges";

    private static readonly double[] SecondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    private static readonly string[] CodecNames = ["identity", "lz4", "zstd", "delta", "dense-delta", "signature", "dense-signature", "fresh-delta", "dense-fresh-delta"];
    private static readonly string[] StatusClasses = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"];
    private static readonly string[] StageNames = ["none", "client", "listener", "link", "sender", "origin"];

    private readonly Counter<long> _exchanges;
    private readonly Counter<long> _noBase;
    private readonly Counter<long> _bodyBytes;
    private readonly Counter<long> _linkBytes;
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _firstByte;
    private readonly Histogram<double> _duration;
    private long _activeTotal;
    private long _ended;
    private long _failed;
    private long _withBase;
    private long _bodyTotal;
    private long _upTotal;
    private long _downTotal;

    /// <summary>Registers the counters.</summary>
    public ExchangeMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        var buckets = new InstrumentAdvice<double> { HistogramBucketBoundaries = SecondsBuckets };
        _exchanges = meter.CreateCounter<long>("railgun.exchanges", "{exchange}", "Exchanges that have ended, by codec, status class and the stage at fault.");
        _noBase = meter.CreateCounter<long>("railgun.exchange.no_base", "{exchange}", "Exchanges coded without a base, by reason.");
        _bodyBytes = meter.CreateCounter<long>("railgun.exchange.body", "By", "Bytes of response bodies before any coding.");
        _linkBytes = meter.CreateCounter<long>("railgun.exchange.link", "By", "Bytes of exchanges' frames on the link before TLS, by direction.");
        _active = meter.CreateUpDownCounter<long>("railgun.exchanges.active", "{exchange}", "Exchanges that have begun and not ended.");
        _firstByte = meter.CreateHistogram("railgun.exchange.first_byte", "s", "From the request's head to the response's first byte.", null, buckets);
        _duration = meter.CreateHistogram("railgun.exchange.duration", "s", "From the request's head to the response's end.", null, buckets);
    }

    /// <summary>The sums since the start.</summary>
    public ExchangeTotals Totals => new(
        Volatile.Read(ref _activeTotal),
        Volatile.Read(ref _ended),
        Volatile.Read(ref _failed),
        Volatile.Read(ref _withBase),
        Volatile.Read(ref _bodyTotal),
        Volatile.Read(ref _upTotal),
        Volatile.Read(ref _downTotal));

    /// <summary>The codec's name in logs and metrics.</summary>
    public static string NameOf(Codec codec) => (int)codec < CodecNames.Length ? CodecNames[(int)codec] : "unknown";

    /// <summary>The stage's name in logs and metrics.</summary>
    public static string NameOf(Stage stage) => (int)stage < StageNames.Length ? StageNames[(int)stage] : "unknown";

    /// <summary>One more is active.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _activeTotal);
        _active.Add(1);
    }

    /// <summary>Counts an exchange that has ended.</summary>
    public void End(in AccessRecord record)
    {
        Sum(in record);
        _active.Add(-1);
        _exchanges.Add(
            1,
            new("codec", NameOf(record.Codec)),
            new("status", StatusClasses[record.Status is >= 100 and < 600 ? record.Status / 100 : 0]),
            new("fault", record.Fault is null ? StageNames[0] : NameOf(record.Fault.Stage)));
        if (record.NoBase is not null)
        {
            _noBase.Add(1, new KeyValuePair<string, object?>("reason", record.NoBase));
        }

        _bodyBytes.Add(record.BodyBytes);
        _linkBytes.Add(record.LinkUp, new KeyValuePair<string, object?>("direction", "up"));
        _linkBytes.Add(record.LinkDown, new KeyValuePair<string, object?>("direction", "down"));
        _duration.Record(record.LastByte.TotalSeconds);
        if (record.FirstByte > TimeSpan.Zero)
        {
            _firstByte.Record(record.FirstByte.TotalSeconds);
        }
    }

    private void Sum(in AccessRecord record)
    {
        Interlocked.Decrement(ref _activeTotal);
        Interlocked.Increment(ref _ended);
        Interlocked.Add(ref _bodyTotal, record.BodyBytes);
        Interlocked.Add(ref _upTotal, record.LinkUp);
        Interlocked.Add(ref _downTotal, record.LinkDown);
        if (record.Fault is not null)
        {
            Interlocked.Increment(ref _failed);
        }

        if (!record.Base.IsDefault)
        {
            Interlocked.Increment(ref _withBase);
        }
    }
}
