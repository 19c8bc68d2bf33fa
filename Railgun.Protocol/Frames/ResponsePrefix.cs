using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Frames;

/// <summary>
/// What RESPONSE says before its head block: one byte, and where the base is a fresh body how far its exchange is.
/// <code>
///  7  6 5  4 3     0
/// +----+----+-------+ - - - - - - - - - - +
/// |2nd |base| codec |  distance (zigzag v)    base, 2nd: 0 none, 1 to 3 the first to third offer
/// +----+----+-------+ - - - - - - - - - - +
/// </code>
/// </summary>
internal static class ResponsePrefix
{
    /// <summary>Appends it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="coding">How the body is coded.</param>
    /// <param name="exchange">The exchange that is answered.</param>
    public static void Write(FrameBuffer output, BodyCoding coding, ulong exchange)
    {
        output.WriteByte(Pack(coding));
        if (coding.Codec.IsFresh())
        {
            output.WriteVarint(ZigZag.Of((long)(exchange - coding.Fresh)));
        }
    }

    /// <summary>Reads it without knowing what it answers; the head block is what <paramref name="reader"/> has left. False if it is cut off.</summary>
    public static bool TryRead(ref FrameReader reader, out byte packed, out long distance)
    {
        packed = reader.Byte();
        distance = ((Codec)(packed & 15)).IsFresh() ? ZigZag.Back(reader.Varint()) : 0;
        return !reader.Failed;
    }

    /// <summary>The first byte.</summary>
    public static byte Pack(BodyCoding coding) =>
        (byte)((int)coding.Codec | ((coding.Base + 1) << 4) | ((coding.SecondBase + 1) << 6));

    /// <summary>What it means for a request; false if the codec is unknown, or bases and codec do not go together.</summary>
    /// <param name="packed">The first byte.</param>
    /// <param name="fresh">The exchange of the fresh body; 0 for none.</param>
    /// <param name="kept">Whether the sender keeps the body.</param>
    /// <param name="offers">How many versions the request offered.</param>
    /// <param name="coding">The meaning.</param>
    public static bool TryUnpack(byte packed, ulong fresh, bool kept, int offers, out BodyCoding coding)
    {
        coding = new BodyCoding((Codec)(packed & 15), ((packed >> 4) & 3) - 1, (packed >> 6) - 1, kept, fresh);
        bool known = coding.Codec <= Codec.DenseFreshDelta;
        bool bases = coding.Codec.IsFresh()
            ? coding.Base < 0 && coding.SecondBase < offers && fresh is > 0 and <= Varint.Max
            : coding.Codec.HasBase()
            ? coding.Base >= 0 && coding.Base < offers && coding.SecondBase < offers && coding.SecondBase != coding.Base
            : coding is { Base: -1, SecondBase: -1 };
        bases &= !coding.Codec.IsSignature() || coding.SecondBase < 0;
        return known && bases;
    }
}
