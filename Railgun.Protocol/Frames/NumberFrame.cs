namespace Railgun.Protocol.Frames;

/// <summary>
/// The frames whose payload is one or two varints: LANE_WINDOW and WINDOW (increment), VERIFIED (offset), WANT_SIGNATURE (offer), WANT_REST and REST (attempt, offset).
/// </summary>
internal static class NumberFrame
{
    /// <summary>Appends a whole frame with one number.</summary>
    public static void Write(FrameBuffer output, FrameType type, uint stream, ulong number) => Write(output, type, FrameFlags.None, stream, number);

    /// <summary>Appends a whole frame with one number.</summary>
    public static void Write(FrameBuffer output, FrameType type, FrameFlags flags, uint stream, ulong number)
    {
        output.WriteHeader(new FrameHeader(type, flags, stream), Varint.Length(number));
        output.WriteVarint(number);
    }

    /// <summary>Appends a whole frame with two numbers.</summary>
    public static void Write(FrameBuffer output, FrameType type, uint stream, ulong first, ulong second)
    {
        output.WriteHeader(new FrameHeader(type, FrameFlags.None, stream), Varint.Length(first) + Varint.Length(second));
        output.WriteVarint(first);
        output.WriteVarint(second);
    }

    /// <summary>Reads one number; false if the payload is anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ulong number)
    {
        var reader = new FrameReader(payload);
        number = reader.Varint();
        return reader.AtEnd;
    }

    /// <summary>Reads two numbers; false if the payload is anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ulong first, out ulong second)
    {
        var reader = new FrameReader(payload);
        first = reader.Varint();
        second = reader.Varint();
        return reader.AtEnd;
    }
}
