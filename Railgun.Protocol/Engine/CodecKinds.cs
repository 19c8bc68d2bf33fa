namespace Railgun.Protocol.Engine;

/// <summary>What the codecs have in common.</summary>
internal static class CodecKinds
{
    /// <summary>Those against a signature, as bits.</summary>
    public const uint Signatures = (1u << (int)Codec.SignatureDelta) | (1u << (int)Codec.DenseSignatureDelta);

    /// <summary>Those against a fresh body, as bits.</summary>
    public const uint Fresh = (1u << (int)Codec.FreshDelta) | (1u << (int)Codec.DenseFreshDelta);

    /// <summary>Whether the codec names a base.</summary>
    public static bool HasBase(this Codec codec) => codec is >= Codec.Delta and <= Codec.DenseFreshDelta;

    /// <summary>Whether the sender has only the signature of that base.</summary>
    public static bool IsSignature(this Codec codec) => codec is Codec.SignatureDelta or Codec.DenseSignatureDelta;

    /// <summary>Whether that base is a body that the lane has just carried.</summary>
    public static bool IsFresh(this Codec codec) => codec is Codec.FreshDelta or Codec.DenseFreshDelta;

    /// <summary>The same delta against a fresh body.</summary>
    public static Codec AsFresh(this Codec delta) => delta == Codec.DenseDelta ? Codec.DenseFreshDelta : Codec.FreshDelta;

    /// <summary>Whether new bytes are coded densely.</summary>
    public static bool IsDense(this Codec codec) => codec is Codec.DenseDelta or Codec.DenseSignatureDelta or Codec.DenseFreshDelta;
}
