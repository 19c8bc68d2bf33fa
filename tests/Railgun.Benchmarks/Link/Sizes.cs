namespace Railgun.Benchmarks.Link;

/// <summary>How large things are.</summary>
internal static class Sizes
{
    /// <summary>A small exchange's body, each way, in bytes.</summary>
    public const int Small = 100;

    /// <summary>What a bulk writer hands over at a time, in bytes.</summary>
    public const int Chunk = 64 * 1024;
}
