using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Frames;

/// <summary>GO_AWAY: <code>last stream that is or will be answered (v) | code (1) | text (rest)</code></summary>
internal static class GoAwayFrame
{
    /// <summary>The longest text, in bytes.</summary>
    public const int MaxText = 512;

    /// <summary>Appends the whole frame.</summary>
    public static void Write(FrameBuffer output, uint lastStream, LaneCode code, string text)
    {
        Span<byte> bytes = stackalloc byte[MaxText];
        int length = TextField.Encode(text, bytes);
        output.WriteHeader(new FrameHeader(FrameType.GoAway, FrameFlags.None, 0), Varint.Length(lastStream) + 1 + length);
        output.WriteVarint(lastStream);
        output.WriteByte((byte)code);
        output.Write(bytes[..length]);
    }

    /// <summary>Reads the payload; false if it is malformed. An unknown code is read as internal.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out uint lastStream, out LaneCode code, out string text)
    {
        var reader = new FrameReader(payload);
        lastStream = (uint)reader.Varint(uint.MaxValue);
        byte codeByte = reader.Byte();
        code = codeByte <= (byte)LaneCode.Internal ? (LaneCode)codeByte : LaneCode.Internal;
        text = reader.RestAsText(MaxText);
        return reader.AtEnd;
    }
}
