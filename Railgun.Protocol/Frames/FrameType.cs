namespace Railgun.Protocol.Frames;

/// <summary>
/// The type of a frame: the low five bits of its first byte (WIRE_FORMAT.md, Frame types). Types from <see cref="FirstSkippable"/> on are skipped
/// by whoever does not know them; any other unknown type closes the lane.
/// </summary>
internal enum FrameType : byte
{
    /// <summary>First frame of the side that dialled.</summary>
    Hello = 0x01,

    /// <summary>First frame of the side that accepted.</summary>
    HelloAnswer = 0x02,

    /// <summary>Asks for a pong, or is one.</summary>
    Ping = 0x03,

    /// <summary>Credit for the whole lane.</summary>
    LaneWindow = 0x04,

    /// <summary>No new streams, or the lane failed.</summary>
    GoAway = 0x05,

    /// <summary>Opens a stream: offers and the request's head.</summary>
    Request = 0x08,

    /// <summary>The final response's head and how its body is coded.</summary>
    Response = 0x09,

    /// <summary>A 1xx response's head.</summary>
    Informational = 0x0A,

    /// <summary>Body bytes.</summary>
    Data = 0x0B,

    /// <summary>The trailer section; ends the body.</summary>
    Trailers = 0x0C,

    /// <summary>More of the head block that the frame before began.</summary>
    HeadMore = 0x0D,

    /// <summary>Credit for one stream.</summary>
    Window = 0x0E,

    /// <summary>The target is proved up to an offset.</summary>
    Verified = 0x0F,

    /// <summary>Asks for the rest of the target as it is.</summary>
    WantRest = 0x10,

    /// <summary>From here on the body is as it is.</summary>
    Rest = 0x11,

    /// <summary>Ends a stream before its time.</summary>
    Reset = 0x12,

    /// <summary>The block signature of a base that the listener holds.</summary>
    Signature = 0x13,

    /// <summary>Asks for the signature of an offered version.</summary>
    WantSignature = 0x14,

    /// <summary>The first of the types that may be skipped unknown.</summary>
    FirstSkippable = 0x18,

    /// <summary>Zero bytes that hide lengths; skipped.</summary>
    Padding = 0x1F,
}
