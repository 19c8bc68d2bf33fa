using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Sender.Coding;

/// <summary>What became of one response: for the access log, and what is left to do behind it.</summary>
internal sealed class ResponseReport
{
    /// <summary>The status that went out; 0 while none has.</summary>
    public int Status { get; set; }

    /// <summary>Bytes of the body before any coding of the link's.</summary>
    public long BodyBytes { get; set; }

    /// <summary>How the body was coded.</summary>
    public Codec Codec { get; set; }

    /// <summary>The base; default if none.</summary>
    public VersionName Base { get; set; }

    /// <summary>Why there was no base; null if there was one.</summary>
    public string? NoBase { get; set; }

    /// <summary>When the head went out, as a time stamp; 0 if it did not.</summary>
    public long HeadSentAt { get; set; }

    /// <summary>Why it failed; null if it did not.</summary>
    public Fault? Fault { get; set; }

    /// <summary>The version it left in the store without the index that the next answer wants; default for none.</summary>
    public UnindexedVersion Unindexed { get; set; }
}
