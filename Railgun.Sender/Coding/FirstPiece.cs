namespace Railgun.Sender.Coding;

/// <summary>What is known of a body when it is decided how it is coded.</summary>
internal readonly ref struct FirstPiece
{
    /// <summary>The body's kind.</summary>
    public required BodyKind Kind { get; init; }

    /// <summary>The lane that it goes to.</summary>
    public required LaneTraits Lane { get; init; }

    /// <summary>The body's length, where it is known.</summary>
    public required long? Length { get; init; }

    /// <summary>Its beginning; empty where the origin pauses behind the head: then the kind alone decides.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Whether that is all of it.</summary>
    public required bool IsAll { get; init; }
}
