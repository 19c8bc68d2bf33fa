using System.Diagnostics.Metrics;

namespace Railgun.Hosting.Metrics;

/// <summary>
/// Holds the current values of this process's instruments, for <c>/metrics</c>. Our own, because OpenTelemetry's Prometheus exporter has been in beta for years and
/// brings a pipeline of its own along, while all that is needed is a listener and a text format. Thread-safe.
/// </summary>
internal sealed class MetricCollector : IDisposable
{
    /// <summary>The most instruments; more are ignored.</summary>
    public const int MaxInstruments = 1000;

    private readonly MeterListener _listener = new();
    private readonly Dictionary<Instrument, InstrumentValues> _instruments = [];
    private readonly Lock _lock = new();
    private readonly Func<Meter, bool> _wanted;

    /// <summary>Collects from all meters that are <paramref name="wanted"/>, of now and later.</summary>
    public MetricCollector(Func<Meter, bool> wanted)
    {
        _wanted = wanted;
        _listener.InstrumentPublished = Published;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => ((InstrumentValues)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => ((InstrumentValues)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((InstrumentValues)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((InstrumentValues)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => ((InstrumentValues)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((InstrumentValues)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => ((InstrumentValues)state!).Record((double)value, tags));
        _listener.Start();
    }

    /// <summary>The meters of a daemon: its own, the runtime's, Kestrel's connections.</summary>
    public static bool IsOurs(Meter meter) =>
        meter.Name.StartsWith("Railgun", StringComparison.Ordinal) || meter.Name is "System.Runtime" or "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>Asks the observable instruments, and gives all values, sorted by name.</summary>
    public IReadOnlyList<InstrumentSnapshot> Collect()
    {
        lock (_lock)
        {
            foreach (InstrumentValues values in _instruments.Values)
            {
                values.BeginObservation();
            }
        }

        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // Gathered from all instruments that failed; the others have been asked.
        }

        lock (_lock)
        {
            return [.. _instruments.Values.Select(values => values.Snapshot()).Where(snapshot => snapshot.Series.Count > 0).OrderBy(snapshot => snapshot.Name, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Published(Instrument instrument, MeterListener listener)
    {
        if (!_wanted(instrument.Meter))
        {
            return;
        }

        InstrumentValues values;
        lock (_lock)
        {
            if (_instruments.Count >= MaxInstruments)
            {
                return;
            }

            values = new InstrumentValues(instrument);
            _instruments[instrument] = values;
        }

        listener.EnableMeasurementEvents(instrument, values);
    }
}
