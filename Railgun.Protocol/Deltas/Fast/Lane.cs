using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>A <see cref="Track"/> as the finder goes along it: in pointers, for the time of one segment.</summary>
internal unsafe struct Lane
{
    /// <summary>What is aligned with the place t of the target's buffer is at Base[t].</summary>
    public byte* Base;

    /// <summary>Behind what was copied last.</summary>
    public byte* Resume;

    /// <summary>The first place of the target's buffer that has something aligned with it.</summary>
    public int Low;

    /// <summary>Behind the last such place of this segment.</summary>
    public int High;

    /// <summary>Behind the last such place, were the segment as long as it may be.</summary>
    public int Limit;

    /// <summary>What is copied from.</summary>
    public CopySource Source;

    /// <summary>Whether a copy aligned with it may begin at a place.</summary>
    public readonly bool IsThere(int at) => at >= Low && at < Limit;
}
