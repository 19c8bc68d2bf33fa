using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Frames;

/// <summary>RESET: <code>stage (1) | code (1) | text (rest)</code></summary>
internal static class ResetFrame
{
    /// <summary>The longest text, in bytes.</summary>
    public const int MaxText = 200;

    /// <summary>Appends the whole frame.</summary>
    public static void Write(FrameBuffer output, uint stream, Stage stage, ResetCode code, string text)
    {
        Span<byte> bytes = stackalloc byte[MaxText];
        int length = TextField.Encode(text, bytes);
        output.WriteHeader(new FrameHeader(FrameType.Reset, FrameFlags.None, stream), 2 + length);
        output.WriteByte((byte)stage);
        output.WriteByte((byte)code);
        output.Write(bytes[..length]);
    }

    /// <summary>Reads the payload; false if it is malformed. An unknown stage or code is read as link, internal.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Stage stage, out ResetCode code, out string text)
    {
        var reader = new FrameReader(payload);
        byte stageByte = reader.Byte();
        byte codeByte = reader.Byte();
        text = reader.RestAsText(MaxText);
        stage = stageByte is >= (byte)Stage.Client and <= (byte)Stage.Origin ? (Stage)stageByte : Stage.Link;
        code = codeByte is >= (byte)ResetCode.Internal and < (byte)ResetCode.LaneLost ? (ResetCode)codeByte : ResetCode.Internal;
        return reader.AtEnd;
    }
}
