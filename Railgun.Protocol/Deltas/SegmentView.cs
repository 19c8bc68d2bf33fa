namespace Railgun.Protocol.Deltas;

/// <summary>The target around the segment that is coded, and the bases.</summary>
internal readonly ref struct SegmentView
{
    /// <summary>The target's past as far as kept, and the segment behind it.</summary>
    public required ReadOnlySpan<byte> Target { get; init; }

    /// <summary>Where the segment begins in <see cref="Target"/>.</summary>
    public required int Start { get; init; }

    /// <summary>How much of the target is before <see cref="Target"/>'s first byte.</summary>
    public required long Dropped { get; init; }

    /// <summary>The first base.</summary>
    public required ReadOnlySpan<byte> First { get; init; }

    /// <summary>The second base, empty if none.</summary>
    public required ReadOnlySpan<byte> Second { get; init; }

    /// <summary>The same without the target's past.</summary>
    public SegmentView Alone() => new()
    {
        Target = Target[Start..],
        Start = 0,
        Dropped = Dropped + Start,
        First = First,
        Second = Second,
    };
}
