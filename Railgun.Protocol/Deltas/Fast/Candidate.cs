using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>The best copy found so far.</summary>
internal unsafe struct Candidate
{
    /// <summary>What it reads.</summary>
    public byte* From;

    /// <summary>Where it begins in the target's buffer.</summary>
    public int At;

    /// <summary>Bytes; 0: none found.</summary>
    public int Length;

    /// <summary>What it saves, in bits; a better one must save more.</summary>
    public int Worth;

    /// <summary>What it reads from.</summary>
    public CopySource Source;
}
