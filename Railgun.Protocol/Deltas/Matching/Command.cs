namespace Railgun.Protocol.Deltas.Matching;

/// <summary>
/// Add and copy in one: <paramref name="Literals"/> bytes of the target as they are, then <paramref name="Length"/> bytes copied.
/// </summary>
/// <param name="Literals">New bytes before the copy.</param>
/// <param name="Length">Bytes copied; 0 only in the last command of a segment.</param>
/// <param name="Source">Where from.</param>
/// <param name="Address">In a base: the offset. In the target's past: how far back.</param>
internal readonly record struct Command(int Literals, int Length, CopySource Source, int Address);
