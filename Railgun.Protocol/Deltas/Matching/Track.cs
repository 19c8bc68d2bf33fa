namespace Railgun.Protocol.Deltas.Matching;

/// <summary>A copy of late, by what the next one may share with it.</summary>
/// <param name="Source">What it read from.</param>
/// <param name="Shift">How far the target is ahead of the source there: a copy with the same shift is aligned with it.</param>
/// <param name="End">The offset in the source behind what was copied last.</param>
internal readonly record struct Track(CopySource Source, long Shift, long End);
