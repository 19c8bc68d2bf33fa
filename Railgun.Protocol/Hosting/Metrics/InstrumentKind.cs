namespace Railgun.Hosting.Metrics;

/// <summary>How an instrument's measurements add up.</summary>
internal enum InstrumentKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>A distribution in buckets.</summary>
    Histogram,
}
