namespace Railgun.Hosting.Metrics;

/// <summary>An instrument and its values at one moment.</summary>
/// <param name="Name">Its name, such as <c>railgun.exchanges</c>.</param>
/// <param name="Unit">Its unit in UCUM, such as <c>By</c> or <c>s</c>; may be empty.</param>
/// <param name="Description">What it measures; may be empty.</param>
/// <param name="Kind">How measurements add up.</param>
/// <param name="Buckets">A histogram's bounds, ascending; else empty.</param>
/// <param name="Series">A value for each set of tags.</param>
internal sealed record InstrumentSnapshot(
    string Name, string Unit, string Description, InstrumentKind Kind, IReadOnlyList<double> Buckets, IReadOnlyList<SeriesSnapshot> Series);
