namespace Railgun.Protocol.Frames;

/// <summary>Which flags a type may carry (WIRE_FORMAT.md, Frame types). All others are reserved: they must be zero, so that a later version can give them a meaning.</summary>
internal static class FlagRules
{
    /// <summary>The flags that mean something on that type; none for a type that is not known.</summary>
    public static FrameFlags Allowed(FrameType type) => type switch
    {
        FrameType.Ping => FrameFlags.End,
        FrameType.LaneWindow or FrameType.Window => FrameFlags.Mark,
        FrameType.Request or FrameType.Response => FrameFlags.End | FrameFlags.More | FrameFlags.Mark,
        FrameType.Data => FrameFlags.End | FrameFlags.Mark,
        FrameType.Informational or FrameType.Trailers or FrameType.HeadMore or FrameType.Signature => FrameFlags.More,
        _ => FrameFlags.None,
    };

    /// <summary>Whether the header carries no flag that its type must not have.</summary>
    public static bool Fits(FrameHeader header) => (header.Flags & ~Allowed(header.Type)) == 0;
}
