namespace Railgun.Protocol.Deltas.Matching;

/// <summary>What a copy reads from.</summary>
internal enum CopySource : byte
{
    /// <summary>The first base.</summary>
    First = 0,

    /// <summary>The second base.</summary>
    Second = 1,

    /// <summary>The target's own past.</summary>
    Target = 2,
}
