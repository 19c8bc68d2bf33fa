using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>All text that both sides hold, pinned for the time of one segment.</summary>
internal readonly unsafe struct Scene
{
    /// <summary>The first base.</summary>
    public byte* First { get; init; }

    /// <summary>Its length.</summary>
    public int FirstLength { get; init; }

    /// <summary>The second base.</summary>
    public byte* Second { get; init; }

    /// <summary>Its length.</summary>
    public int SecondLength { get; init; }

    /// <summary>The target as far as kept.</summary>
    public byte* Target { get; init; }

    /// <summary>How much of the target is before <see cref="Target"/>.</summary>
    public long Dropped { get; init; }

    /// <summary>Where a text begins; for the target, where offset 0 would be.</summary>
    public byte* Origin(CopySource source) => source switch
    {
        CopySource.First => First,
        CopySource.Second => Second,
        _ => Target - Dropped,
    };

    /// <summary>Where a text ends. The target grows: it has no end.</summary>
    public byte* EndOf(CopySource source) => source switch
    {
        CopySource.First => First + FirstLength,
        CopySource.Second => Second + SecondLength,
        _ => (byte*)nuint.MaxValue,
    };
}
