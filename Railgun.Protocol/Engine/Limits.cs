namespace Railgun.Protocol.Engine;

/// <summary>The limits that both sides of the link keep. Values that hello announces are defaults here; the others are fixed by WIRE_FORMAT.md.</summary>
internal static class Limits
{
    /// <summary>The longest payload of a frame, in bytes.</summary>
    public const int MaxFramePayload = 16 * 1024;

    /// <summary>The longest coded head, and the longest head as text, in bytes: it may span several frames.</summary>
    public const int MaxHead = 64 * 1024;

    /// <summary>The most field lines in one head.</summary>
    public const int MaxHeadFields = 256;

    /// <summary>The most target bytes that one segment of a coded body may stand for.</summary>
    public const int MaxSegmentTarget = 128 * 1024;

    /// <summary>The most versions that a request offers.</summary>
    public const int MaxOffers = 3;

    /// <summary>The longest payload that the SIGNATURE frames of one stream make together, in bytes.</summary>
    public const int MaxSignature = 64 * 1024;

    /// <summary>The most bytes of signatures that wait on one lane for their answers; beyond it they are dropped, which costs bytes only.</summary>
    public const int MaxLaneSignatures = 8 * 1024 * 1024;

    /// <summary>The most open streams of a lane.</summary>
    public const int MaxStreams = 1024;

    /// <summary>The largest version, in bytes; larger bodies are not kept.</summary>
    public const int MaxVersion = 32 * 1024 * 1024;
}
