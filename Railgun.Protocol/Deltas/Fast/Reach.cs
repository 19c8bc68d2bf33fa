namespace Railgun.Protocol.Deltas.Fast;

/// <summary>What can be read of one source of copies.</summary>
internal unsafe struct Reach
{
    /// <summary>Its first byte.</summary>
    public byte* Low;

    /// <summary>Behind the last one that a copy may begin at.</summary>
    public byte* High;

    /// <summary>Behind the last one that a copy may read: of the target's past, as it grows, there is none.</summary>
    public byte* End;
}
