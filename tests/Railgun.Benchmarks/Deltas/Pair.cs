namespace Railgun.Benchmarks.Deltas;

/// <summary>A target and the version before it.</summary>
internal sealed record Pair(string Family, string Name, byte[] Base, byte[] Target);
