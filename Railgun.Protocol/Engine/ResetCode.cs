namespace Railgun.Protocol.Engine;

/// <summary>Why one stream ended before its time. The numbers are on the wire (WIRE_FORMAT.md, RESET); an unknown one is read as <see cref="Internal"/>.</summary>
internal enum ResetCode : byte
{
    /// <summary>The side that resets failed in a way it has no name for.</summary>
    Internal = 1,

    /// <summary>Nobody waits for the answer any more: the client is gone.</summary>
    Cancelled = 2,

    /// <summary>The stream was not begun: no byte of its request went further. It may be sent again.</summary>
    Refused = 3,

    /// <summary>The origin broke off after its head was passed on.</summary>
    OriginBroken = 4,

    /// <summary>A time-out at the stage named.</summary>
    TimedOut = 5,

    /// <summary>A limit was exceeded, for example that of the head.</summary>
    LimitExceeded = 6,

    /// <summary>Coded bytes did not prove right and the rest can't be sent in full any more.</summary>
    ProofFailed = 7,

    /// <summary>The peer broke a rule of this stream.</summary>
    StreamProtocol = 8,

    /// <summary>The lane that carried the stream is gone. Never on the wire.</summary>
    LaneLost = 9,
}
