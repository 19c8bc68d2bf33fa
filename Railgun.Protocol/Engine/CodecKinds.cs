namespace Railgun.Protocol.Engine;

/// <summary>What the codecs have in common.</summary>
internal static class CodecKinds
{
    /// <summary>Those against a signature, as bits.</summary>
    public const uint Signatures = (1u << (int)Codec.SignatureDelta) | (1u << (int)Codec.DenseSignatureDelta);

    /// <summary>Whether the codec names a base.</summary>
    public static bool HasBase(this Codec codec) => codec is >= Codec.Delta and <= Codec.DenseSignatureDelta;

    /// <summary>Whether the sender has only the signature of that base.</summary>
    public static bool IsSignature(this Codec codec) => codec is Codec.SignatureDelta or Codec.DenseSignatureDelta;

    /// <summary>Whether new bytes are coded densely.</summary>
    public static bool IsDense(this Codec codec) => codec is Codec.DenseDelta or Codec.DenseSignatureDelta;
}
