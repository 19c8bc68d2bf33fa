using System.Diagnostics.Metrics;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Logging;

/// <summary>
/// The access log, and the counting that goes with it: each exchange is begun once and ended once, in both daemons the same way. Thread-safe; allocates nothing in
/// a steady state.
/// </summary>
internal sealed class AccessLog
{
    /// <summary>The category of its lines.</summary>
    public const string Category = "Railgun.Access";

    private readonly LogSink? _sink;
    private readonly LogFormat _format;
    private readonly TimeProvider _time;
    private readonly ExchangeMetrics _metrics;

    /// <summary>Makes the access log.</summary>
    /// <param name="sink">Where lines go; null for none: exchanges are only counted.</param>
    /// <param name="format">How lines look.</param>
    /// <param name="meters">Where the counters are registered.</param>
    /// <param name="time">The clock of the lines.</param>
    public AccessLog(LogSink? sink, LogFormat format, IMeterFactory meters, TimeProvider time)
    {
        _sink = sink;
        _format = format;
        _time = time;
        _metrics = new ExchangeMetrics(meters);
    }

    /// <summary>The sums since the start.</summary>
    public ExchangeTotals Totals => _metrics.Totals;

    /// <summary>An exchange begins; <see cref="End"/> must follow.</summary>
    public void Begin() => _metrics.Begin();

    /// <summary>An exchange has ended: counts it, and writes its line.</summary>
    public void End(in AccessRecord record)
    {
        _metrics.End(in record);
        if (_sink is null)
        {
            return;
        }

        LineBuffer line = LineBuffer.Rent();
        if (_format == LogFormat.Json)
        {
            AccessLineJson.Write(line, _time.GetUtcNow(), in record);
        }
        else
        {
            AccessLineText.Write(line, _time.GetUtcNow(), in record);
        }

        _sink.WriteLine(line.Written);
        line.Return();
    }
}
