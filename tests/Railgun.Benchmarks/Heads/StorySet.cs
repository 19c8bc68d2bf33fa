namespace Railgun.Benchmarks.Heads;

/// <summary>Stories that are summed up, and what HPACK took for them.</summary>
internal sealed record StorySet(string Name, string[] Stories, int HpackBytes, double Goal);
