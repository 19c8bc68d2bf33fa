namespace Railgun.Benchmarks.Deltas;

/// <summary>What one coder did with one pair: the fastest of the rounds.</summary>
internal sealed class Result
{
    /// <summary>Bytes of the delta.</summary>
    public int Coded { get; set; }

    /// <summary>Stopwatch ticks to prepare the base.</summary>
    public long Prepare { get; set; } = long.MaxValue;

    /// <summary>Stopwatch ticks to encode.</summary>
    public long Encode { get; set; } = long.MaxValue;

    /// <summary>Stopwatch ticks to decode.</summary>
    public long Decode { get; set; } = long.MaxValue;

    /// <summary>Managed bytes allocated by the last encoding and decoding.</summary>
    public long Allocated { get; set; }
}
