namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What can be read of one source of copies.</summary>
internal unsafe struct Reach
{
    /// <summary>Its first byte.</summary>
    public byte* Low;

    /// <summary>How many bytes there are, at each of which a copy may begin.</summary>
    public nint Size;

    /// <summary>Zero, or, of the target's past, which grows as it is copied, the greatest number: how far beyond these bytes a copy may read.</summary>
    public nint Beyond;
}
