namespace Railgun.Fuzz.Targets;

/// <summary>A section of <see cref="FuzzedOptions"/>.</summary>
internal sealed class FuzzedSection
{
    /// <summary>A number that may be left out.</summary>
    public long? Count { get; set; }

    /// <summary>A fraction.</summary>
    public double Share { get; set; }
}
