namespace Railgun.Protocol.Frames;

/// <summary>The outcome of reading a frame.</summary>
internal enum FrameStatus
{
    /// <summary>A frame was read.</summary>
    Done,

    /// <summary>The bytes end inside the frame.</summary>
    NeedMore,

    /// <summary>The frame says that it is longer than a frame may be.</summary>
    TooLong,

    /// <summary>The bytes are no frame of this format.</summary>
    Malformed,
}
