namespace Railgun.Protocol.Deltas.Dense;

/// <summary>What follows the new bytes of a command.</summary>
internal enum CopyKind
{
    /// <summary>A copy that goes on as far beyond the last place as the target has gone since.</summary>
    Aligned = 0,

    /// <summary>No copy: the segment ends.</summary>
    End = 1,

    /// <summary>A copy that goes on where the last one ended.</summary>
    Resumed = 2,

    /// <summary>Aligned with the place before the last.</summary>
    SecondAligned = 3,

    /// <summary>Where the copy before the last ended.</summary>
    SecondResumed = 4,

    /// <summary>Aligned with the third place.</summary>
    ThirdAligned = 5,

    /// <summary>Where the third copy ended.</summary>
    ThirdResumed = 6,

    /// <summary>From the target's own past.</summary>
    Past = 7,

    /// <summary>From any place of the first base.</summary>
    First = 8,

    /// <summary>From any place of the second base.</summary>
    Second = 9,
}
