using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace Railgun.Hosting.Metrics;

/// <summary>The running values of one instrument. Thread-safe; a set of tags seen before costs no memory.</summary>
internal sealed class InstrumentValues
{
    /// <summary>The most sets of tags; the measurements of more go to one with the tag <c>overflow="true"</c>.</summary>
    public const int MaxSeries = 1000;

    private static readonly double[] DefaultBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private static readonly KeyValuePair<string, object?>[] Overflow = [new("overflow", true)];

    private readonly Instrument _instrument;
    private readonly InstrumentKind _kind;
    private readonly bool _adds;
    private readonly double[] _buckets;
    private readonly Dictionary<TagSet, Series> _series = new(TagSet.Comparer);
    private readonly Dictionary<TagSet, Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly Lock _lock = new();

    /// <summary>No values yet.</summary>
    public InstrumentValues(Instrument instrument)
    {
        _instrument = instrument;
        (_kind, _adds) = KindOf(instrument.GetType());
        _buckets = _kind == InstrumentKind.Histogram ? BucketsOf(instrument) : [];
        _lookup = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            if (!_lookup.TryGetValue(tags, out Series? series))
            {
                if (_series.Count >= MaxSeries)
                {
                    tags = Overflow;
                }

                ref Series? slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_lookup, tags, out _);
                series = slot ??= new Series(_buckets.Length);
            }

            series.Seen = true;
            series.Value = _adds ? series.Value + value : value;
            if (_kind == InstrumentKind.Histogram)
            {
                int bucket = Array.BinarySearch(_buckets, value);
                series.Counts[bucket < 0 ? ~bucket : bucket]++;
            }
        }
    }

    /// <summary>Before the observable instruments are asked: what is not observed again is gone.</summary>
    public void BeginObservation()
    {
        if (!_instrument.IsObservable)
        {
            return;
        }

        lock (_lock)
        {
            foreach (Series series in _series.Values)
            {
                series.Seen = false;
            }
        }
    }

    /// <summary>The values now.</summary>
    public InstrumentSnapshot Snapshot()
    {
        lock (_lock)
        {
            var series = new List<SeriesSnapshot>(_series.Count);
            foreach ((TagSet tags, Series values) in _series)
            {
                if (values.Seen)
                {
                    series.Add(new SeriesSnapshot(tags.ToText(), values.Value, [.. values.Counts]));
                }
                else
                {
                    _series.Remove(tags);
                }
            }

            return new InstrumentSnapshot(_instrument.Name, _instrument.Unit ?? "", _instrument.Description ?? "", _kind, _buckets, series);
        }
    }

    private static (InstrumentKind Kind, bool Adds) KindOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : null) switch
    {
        var open when open == typeof(Counter<>) => (InstrumentKind.Counter, true),
        var open when open == typeof(ObservableCounter<>) => (InstrumentKind.Counter, false),
        var open when open == typeof(UpDownCounter<>) => (InstrumentKind.Gauge, true),
        var open when open == typeof(Histogram<>) => (InstrumentKind.Histogram, true),
        _ => (InstrumentKind.Gauge, false),
    };

    private static double[] BucketsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBuckets,
    };

    private sealed class Series(int buckets)
    {
        public double Value;
        public bool Seen;
        public readonly long[] Counts = buckets == 0 ? [] : new long[buckets + 1];
    }
}
