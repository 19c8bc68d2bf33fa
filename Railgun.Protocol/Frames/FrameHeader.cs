namespace Railgun.Protocol.Frames;

/// <summary>
/// What stands before each frame's payload.
/// <code>
///  7   5 4       0
/// +-----+---------+------------------+-----------------+===========+
/// |flags|  type   | length (varint)  | stream (varint) |  payload  |
/// +-----+---------+------------------+-----------------+===========+
///                                    |&lt;-------- length --------->|
/// </code>
/// Types below <see cref="FirstStreamType"/> have no stream field.
/// </summary>
/// <param name="Type">The frame's type.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Stream">The stream, 1 to 2^32 - 1; 0 for a frame of the lane.</param>
internal readonly record struct FrameHeader(FrameType Type, FrameFlags Flags, uint Stream)
{
    /// <summary>The first type that belongs to a stream.</summary>
    public const FrameType FirstStreamType = FrameType.Request;

    /// <summary>The most that <c>length</c> may say, in bytes.</summary>
    public const int MaxFrameLength = Engine.Limits.MaxFramePayload + Varint.MaxLength;

    /// <summary>The most bytes before a payload: type, length, stream.</summary>
    public const int MaxSize = 1 + 4 + Varint.MaxLength;

    private const int TypeBits = 5;
    private const int TypeMask = (1 << TypeBits) - 1;

    /// <summary>Whether the type belongs to a stream.</summary>
    public bool HasStream => Type is >= FirstStreamType and < FrameType.FirstSkippable;

    /// <summary>Writes the header of a frame with <paramref name="payloadLength"/> bytes of payload; returns its size.</summary>
    public int Write(Span<byte> destination, int payloadLength)
    {
        destination[0] = (byte)(((byte)Flags << TypeBits) | (byte)Type);
        int streamLength = HasStream ? Varint.Length(Stream) : 0;
        int size = 1 + Varint.Write(destination[1..], (ulong)(streamLength + payloadLength));
        return HasStream ? size + Varint.Write(destination[size..], Stream) : size;
    }

    /// <summary>The longest payload with which the frame takes no more than <paramref name="room"/> bytes.</summary>
    public int LongestPayload(int room) => room - Size(room - Size(0));

    /// <summary>How many bytes <see cref="Write"/> takes.</summary>
    public int Size(int payloadLength)
    {
        int streamLength = HasStream ? Varint.Length(Stream) : 0;
        return 1 + Varint.Length((ulong)(streamLength + payloadLength)) + streamLength;
    }

    /// <summary>
    /// Reads one whole frame from the front of <paramref name="source"/>. <paramref name="length"/> is how many bytes it takes in all, or, with
    /// <see cref="FrameStatus.NeedMore"/>, how many are needed at least.
    /// </summary>
    public static FrameStatus Read(ReadOnlySpan<byte> source, out FrameHeader header, out ReadOnlySpan<byte> payload, out int length)
    {
        header = default;
        payload = default;
        length = 2;
        if (source.Length < 2)
        {
            return FrameStatus.NeedMore;
        }

        switch (Varint.Read(source[1..], out ulong frameLength, out int lengthSize))
        {
            case VarintStatus.NeedMore:
                length = 5;
                return FrameStatus.NeedMore;
            case VarintStatus.Invalid:
                return FrameStatus.Malformed;
        }

        if (frameLength > MaxFrameLength)
        {
            return FrameStatus.TooLong;
        }

        length = 1 + lengthSize + (int)frameLength;
        if (source.Length < length)
        {
            return FrameStatus.NeedMore;
        }

        header = new FrameHeader((FrameType)(source[0] & TypeMask), (FrameFlags)(source[0] >> TypeBits), 0);
        payload = source[(1 + lengthSize)..length];
        if (header.HasStream)
        {
            if (Varint.Read(payload, out ulong stream, out int streamSize) != VarintStatus.Done || stream is 0 or > uint.MaxValue)
            {
                return FrameStatus.Malformed;
            }

            header = header with { Stream = (uint)stream };
            payload = payload[streamSize..];
        }

        return payload.Length > Engine.Limits.MaxFramePayload ? FrameStatus.TooLong : FrameStatus.Done;
    }
}
