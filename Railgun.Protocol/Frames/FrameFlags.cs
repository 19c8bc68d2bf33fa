namespace Railgun.Protocol.Frames;

/// <summary>The high three bits of a frame's first byte. Which of them a type may carry: <see cref="FlagRules"/>; the others must be zero.</summary>
[Flags]
internal enum FrameFlags : byte
{
    /// <summary>None set.</summary>
    None = 0,

    /// <summary>REQUEST, RESPONSE, DATA: nothing follows in this direction. PING: this is the pong.</summary>
    End = 1,

    /// <summary>REQUEST, RESPONSE, INFORMATIONAL, TRAILERS, HEAD_MORE: the head block goes on in HEAD_MORE.</summary>
    More = 2,

    /// <summary>RESPONSE: the sender keeps the body as a version. DATA: the payload ends a segment and begins with its check.
    /// WINDOW, LANE_WINDOW: the window has grown, nothing was taken.</summary>
    Mark = 4,
}
