using System.Buffers.Binary;

namespace Railgun.Protocol.Frames;

/// <summary>PING: <code>opaque (8)</code> The pong (flag END) repeats it.</summary>
internal static class PingFrame
{
    /// <summary>Appends the whole frame.</summary>
    public static void Write(FrameBuffer output, ulong opaque, bool pong)
    {
        output.WriteHeader(new FrameHeader(FrameType.Ping, pong ? FrameFlags.End : FrameFlags.None, 0), 8);
        BinaryPrimitives.WriteUInt64BigEndian(output.GetSpan(8), opaque);
        output.Advance(8);
    }

    /// <summary>Reads the payload; false if it is malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ulong opaque)
    {
        opaque = payload.Length == 8 ? BinaryPrimitives.ReadUInt64BigEndian(payload) : 0;
        return payload.Length == 8;
    }
}
