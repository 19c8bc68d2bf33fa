namespace Railgun.Hosting.Tests;

/// <summary>A nested section.</summary>
internal sealed class FakeSection
{
    public bool Flag { get; set; }

    public int Count { get; set; } = 7;

    public int? Limit { get; set; }

    public double Share { get; set; }

    public long Big { get; set; }

    public string? Text { get; set; }
}
