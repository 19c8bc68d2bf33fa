using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas;

/// <summary>The lengths of what copies may read from, besides the target's past.</summary>
/// <param name="First">Of the first base, in bytes.</param>
/// <param name="Second">Of the second base; 0 if there is none.</param>
internal readonly record struct Bases(int First, int Second)
{
    /// <summary>The length of one of them.</summary>
    public int LengthOf(CopySource source) => source == CopySource.First ? First : Second;
}
