using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Frames;

/// <summary>
/// HELLO_ANSWER: <code>status (1) | text (text) | hello fields, only if status is 0</code>
/// </summary>
internal static class HelloAnswerFrame
{
    /// <summary>The longest text, in bytes.</summary>
    public const int MaxText = 512;

    /// <summary>Appends the whole frame.</summary>
    public static void Write(FrameBuffer output, HelloStatus status, string text, Hello? hello)
    {
        using var payload = new FrameBuffer(1024);
        payload.WriteByte((byte)status);
        TextField.Write(payload, text, MaxText);
        if (status == HelloStatus.Accepted)
        {
            HelloFrame.WriteFields(payload, hello!);
        }

        output.WriteHeader(new FrameHeader(FrameType.HelloAnswer, FrameFlags.None, 0), payload.Length);
        output.Write(payload.WrittenSpan);
    }

    /// <summary>Reads the payload; false if it is malformed. <paramref name="hello"/> is set if the status is 0.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out HelloStatus status, out string text, out Hello? hello)
    {
        var reader = new FrameReader(payload);
        status = (HelloStatus)reader.Byte();
        text = reader.Text(MaxText);
        hello = !reader.Failed && status == HelloStatus.Accepted ? HelloFrame.ReadFields(ref reader) : null;
        return status == HelloStatus.Accepted ? hello is not null : reader.AtEnd;
    }
}
