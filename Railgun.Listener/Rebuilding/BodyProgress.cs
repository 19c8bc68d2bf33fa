using Railgun.Protocol.Engine;

namespace Railgun.Listener.Rebuilding;

/// <summary>What became of one body, for the access log. Written by the body's reader, read after its end.</summary>
internal sealed class BodyProgress
{
    /// <summary>Bytes of the target that were given on.</summary>
    public long Bytes { get; set; }

    /// <summary>Whether the body came to its end.</summary>
    public bool Ended { get; set; }

    /// <summary>Why it broke off; null if it did not.</summary>
    public Fault? Fault { get; set; }
}
