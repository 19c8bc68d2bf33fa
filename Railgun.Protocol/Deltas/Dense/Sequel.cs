namespace Railgun.Protocol.Deltas.Dense;

/// <summary>What follows behind the dense bytes of a segment.</summary>
internal enum Sequel
{
    /// <summary>Nothing: the target ends.</summary>
    None,

    /// <summary>The next segment.</summary>
    Dense,

    /// <summary>The rest of this segment, and of the target, at the fast level.</summary>
    Fast,
}
