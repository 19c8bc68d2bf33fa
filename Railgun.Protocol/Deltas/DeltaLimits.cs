namespace Railgun.Protocol.Deltas;

/// <summary>The fixed numbers of DELTA_FORMAT.md.</summary>
internal static class DeltaLimits
{
    /// <summary>The most target bytes that one segment stands for.</summary>
    public const int MaxSegmentTarget = 128 * 1024;

    /// <summary>The longest payload of a segment: one that would be longer is stored.</summary>
    public const int MaxSegmentCoded = MaxSegmentTarget;

    /// <summary>How far back a copy may reach into the target's own past, in bytes.</summary>
    public const int Window = 1024 * 1024;

    /// <summary>The largest base, in bytes.</summary>
    public const int MaxBase = 1 << 28;
}
