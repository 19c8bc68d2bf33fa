using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using ZstdSharp;
using ZstdSharp.Unsafe;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Sender.Coding;

/// <summary>Makes the coder of a body, with working memory from pools.</summary>
internal sealed class Coders : IDisposable
{
    /// <summary>1 MiB: the listener has to hold one window for each body that it decodes.</summary>
    private const int WindowLog = 20;

    /// <summary>Longer bodies take the fast level: dense coding costs some ten times the time, more than its bytes take on the line.</summary>
    private const long DenseUpTo = 16 * 1024;

    /// <summary>Against a signature there is more new text, and dense coding saves a third of it; it comes once after a restart.</summary>
    private const long DenseSignatureUpTo = 64 * 1024;

    private readonly CoderPool<Compressor> _zstd;
    private readonly CoderPool<DeltaEncoder> _delta;
    private readonly CoderPool<SignatureEncoder> _signature;

    /// <summary>Makes empty pools.</summary>
    public Coders(CodingOptions options)
    {
        int idle = 2 * Environment.ProcessorCount;
        _zstd = new CoderPool<Compressor>(() => MakeCompressor(options.ZstdLevel), idle);
        _delta = new CoderPool<DeltaEncoder>(static () => new DeltaEncoder(), idle);
        _signature = new CoderPool<SignatureEncoder>(static () => new SignatureEncoder(), idle);
    }

    /// <summary>The best coder without a base that the listener understands; null for none.</summary>
    /// <param name="codecs">The codecs that it understands, a bit for each.</param>
    /// <param name="length">The body's length, where it is known for sure.</param>
    public ISegmentCoder? WithoutBase(uint codecs, long? length) =>
        Has(codecs, Codec.Zstd) ? new ZstdCoder(_zstd, length)
        : Has(codecs, Codec.Lz4) ? new Lz4Coder()
        : null;

    /// <summary>Whether the listener understands deltas.</summary>
    public static bool CanDelta(uint codecs) => Has(codecs, Codec.Delta) || Has(codecs, Codec.DenseDelta);

    /// <summary>Whether the listener understands deltas against signatures.</summary>
    public static bool CanUseSignature(uint codecs) => (codecs & CodecKinds.Signatures) != 0;

    /// <summary>A coder against a version of which only the signature is here.</summary>
    /// <param name="codecs">The codecs that the listener understands; one against signatures is among them.</param>
    /// <param name="signed">The version.</param>
    /// <param name="length">The body's length, where it is known.</param>
    public ISegmentCoder WithSignature(uint codecs, SignedBase signed, long? length)
    {
        bool dense = Has(codecs, Codec.DenseSignatureDelta) && (length ?? signed.Signature.Shape.Length) <= DenseSignatureUpTo;
        Codec codec = dense || !Has(codecs, Codec.SignatureDelta) ? Codec.DenseSignatureDelta : Codec.SignatureDelta;
        return new SignatureCoder(_signature, codec, signed);
    }

    /// <summary>A coder against one base or two.</summary>
    /// <param name="codecs">The codecs that the listener understands; one of the deltas is among them.</param>
    /// <param name="first">The base most like the body. It must stay pinned as long as the coder is used.</param>
    /// <param name="second">Another one, or null.</param>
    /// <param name="length">The body's length, where it is known.</param>
    public ISegmentCoder WithBases(uint codecs, Version first, Version? second, long? length)
    {
        bool dense = Has(codecs, Codec.DenseDelta) && (length ?? first.Length) <= DenseUpTo;
        Codec codec = dense || !Has(codecs, Codec.Delta) ? Codec.DenseDelta : Codec.Delta;
        return new DeltaCoder(_delta, codec, Base(first), second is null ? default : Base(second));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _zstd.Dispose();
        _delta.Dispose();
        _signature.Dispose();
    }

    private static DeltaBase Base(Version version) => new(version.Body, version.GetIndex());

    private static bool Has(uint codecs, Codec codec) => (codecs & (1u << (int)codec)) != 0;

    private static Compressor MakeCompressor(int level)
    {
        Compressor compressor = new(level);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, WindowLog);
        return compressor;
    }
}
