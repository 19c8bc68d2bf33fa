using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Engine;

/// <summary>A small frame that waits to be written ahead of heads and data.</summary>
/// <param name="Type">Which.</param>
/// <param name="Stream">The stream, or 0.</param>
/// <param name="First">Its first number.</param>
/// <param name="Second">WANT_REST: the offset. PING: not 0 if it is the pong. WINDOW, LANE_WINDOW: not 0 if the window has grown by so much.</param>
internal readonly record struct ControlFrame(FrameType Type, uint Stream, ulong First = 0, ulong Second = 0)
{
    /// <summary>RESET: whose fault.</summary>
    public Stage Stage { get; init; }

    /// <summary>RESET: why.</summary>
    public ResetCode Code { get; init; }

    /// <summary>RESET: for people.</summary>
    public string? Text { get; init; }

    /// <summary>Appends the whole frame.</summary>
    public void Write(FrameBuffer output)
    {
        switch (Type)
        {
            case FrameType.Ping:
                PingFrame.Write(output, First, pong: Second != 0);
                break;
            case FrameType.Reset:
                ResetFrame.Write(output, Stream, Stage, Code, Text ?? "");
                break;
            case FrameType.WantRest:
                NumberFrame.Write(output, Type, Stream, First, Second);
                break;
            case FrameType.Window or FrameType.LaneWindow:
                NumberFrame.Write(output, Type, Second != 0 ? FrameFlags.Mark : FrameFlags.None, Stream, First);
                break;
            default:
                NumberFrame.Write(output, Type, Stream, First);
                break;
        }
    }
}
