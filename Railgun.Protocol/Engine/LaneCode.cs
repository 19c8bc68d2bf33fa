namespace Railgun.Protocol.Engine;

/// <summary>Why a lane ends. The numbers are on the wire (WIRE_FORMAT.md, GO_AWAY).</summary>
internal enum LaneCode : byte
{
    /// <summary>In order: what is open is finished, nothing new begins.</summary>
    Leaving = 0,

    /// <summary>A frame was malformed, unknown, or not allowed where it came.</summary>
    Protocol = 1,

    /// <summary>More data than credit.</summary>
    FlowControl = 2,

    /// <summary>A head block was malformed, so head coding has lost its state.</summary>
    HeadCoding = 3,

    /// <summary>A limit was exceeded.</summary>
    LimitExceeded = 4,

    /// <summary>The peer's key is not trusted.</summary>
    UnknownPeer = 5,

    /// <summary>Nothing was heard for too long.</summary>
    Silent = 6,

    /// <summary>The side failed in a way it has no name for.</summary>
    Internal = 7,
}
