using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Frames;

/// <summary>
/// What RESPONSE says before its head block: one byte.
/// <code>
///  7  6 5  4 3     0
/// +----+----+-------+
/// |2nd |base| codec |   base, 2nd: 0 none, 1 to 3 the first to third offer
/// +----+----+-------+
/// </code>
/// </summary>
internal static class ResponsePrefix
{
    /// <summary>Packs it.</summary>
    public static byte Pack(BodyCoding coding) =>
        (byte)((int)coding.Codec | ((coding.Base + 1) << 4) | ((coding.SecondBase + 1) << 6));

    /// <summary>Unpacks it; false if the codec is unknown, or bases and codec do not go together.</summary>
    public static bool TryUnpack(byte value, bool kept, int offers, out BodyCoding coding)
    {
        coding = new BodyCoding((Codec)(value & 15), ((value >> 4) & 3) - 1, (value >> 6) - 1, kept);
        bool known = coding.Codec <= Codec.DenseSignatureDelta;
        bool bases = coding.Codec.HasBase()
            ? coding.Base >= 0 && coding.Base < offers && coding.SecondBase < offers && coding.SecondBase != coding.Base
            : coding is { Base: -1, SecondBase: -1 };
        bases &= !coding.Codec.IsSignature() || coding.SecondBase < 0;
        return known && bases;
    }
}
