namespace Railgun.Hosting.Metrics;

/// <summary>The values of one set of tags at one moment.</summary>
/// <param name="Tags">Names and values, sorted by name.</param>
/// <param name="Value">The sum, the value, or a histogram's sum.</param>
/// <param name="Counts">A histogram's counts: one for each bucket, not cumulative, and one more for what is above all bounds; else empty.</param>
internal sealed record SeriesSnapshot(IReadOnlyList<KeyValuePair<string, string>> Tags, double Value, IReadOnlyList<long> Counts);
