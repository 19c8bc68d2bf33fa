using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas;

/// <summary>Where a copy from a base ended.</summary>
/// <param name="Source">The base.</param>
/// <param name="End">The offset in it behind the copy.</param>
/// <param name="At">The length of the target then.</param>
internal readonly record struct Place(CopySource Source, int End, long At)
{
    /// <summary>How far the target is ahead of the base here.</summary>
    public long Shift => At - End;
}
