namespace Railgun.Protocol.Deltas.Matching;

/// <summary>A stretch of the target that can be copied.</summary>
/// <param name="At">Where it begins in the buffer of the target.</param>
/// <param name="Length">Its length.</param>
/// <param name="Source">Where from.</param>
/// <param name="Address">As in <see cref="Command"/>.</param>
internal readonly record struct Match(int At, int Length, CopySource Source, int Address);
