using System.Buffers;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;

namespace Railgun.Sender.Coding;

/// <summary>A delta against a version of which only the signature is here (DELTA_FORMAT.md, Against a signature).</summary>
internal sealed class SignatureCoder : ISegmentCoder
{
    private readonly CoderPool<SignatureEncoder> _pool;
    private readonly SignatureEncoder _encoder;

    /// <summary>Begins a body.</summary>
    public SignatureCoder(CoderPool<SignatureEncoder> pool, Codec codec, SignedBase signed)
    {
        _pool = pool;
        Codec = codec;
        _encoder = pool.Rent();
        _encoder.Start(signed.Signature, signed.Seed, codec.IsDense() ? DeltaLevel.Dense : DeltaLevel.Fast);
    }

    /// <inheritdoc/>
    public Codec Codec { get; }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<byte> target, bool last, IBufferWriter<byte> output) => _encoder.EncodeSegment(target, last, output);

    /// <inheritdoc/>
    public void Dispose() => _pool.Return(_encoder);
}
