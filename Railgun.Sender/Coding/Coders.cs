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

    /// <summary>
    /// Against a signature there is more new text, and dense coding saves a quarter of it. It comes once after a restart, on a connection whose first windows are small: there fewer packets
    /// save round trips, which are longer than the milliseconds that a page of this length may take.
    /// </summary>
    private const long DenseSignatureUpTo = 2 * 1024 * 1024;

    private readonly long _lz4From;
    private readonly CoderPool<Compressor> _zstd;
    private readonly CoderPool<DeltaEncoder> _delta;
    private readonly CoderPool<SignatureEncoder> _signature;

    /// <summary>Makes empty pools.</summary>
    /// <param name="options">How hard to work.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public Coders(CodingOptions options, TimeProvider? time = null)
    {
        Spare = new SpareTime(time ?? TimeProvider.System);
        Dense = options.Dense;
        _lz4From = options.Lz4From.Bytes == 0 ? long.MaxValue : options.Lz4From.Bytes;
        int idle = 2 * Environment.ProcessorCount;
        _zstd = new CoderPool<Compressor>(() => MakeCompressor(options.ZstdLevel), idle);
        _delta = new CoderPool<DeltaEncoder>(static () => new DeltaEncoder(), idle);
        _signature = new CoderPool<SignatureEncoder>(static () => new SignatureEncoder(), idle);
    }

    /// <summary>What time there is for what need not be done.</summary>
    public SpareTime Spare { get; }

    /// <summary>When deltas are made at the dense level.</summary>
    public DenseUse Dense { get; }

    /// <summary>The coder without a base that is the fastest end to end on this lane; null for none that the listener understands.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="length">The body's length, where it is known for sure.</param>
    public ISegmentCoder? WithoutBase(LaneTraits lane, long? length) =>
        lane.Has(Codec.Lz4) && (lane.Rate >= _lz4From || !lane.Has(Codec.Zstd)) ? new Lz4Coder()
        : lane.Has(Codec.Zstd) ? new ZstdCoder(_zstd, length)
        : null;

    /// <summary>A coder against a version of which only the signature is here.</summary>
    /// <param name="lane">The lane; its listener understands one of the codecs against signatures.</param>
    /// <param name="signed">The version.</param>
    /// <param name="length">The body's length, where it is known.</param>
    public ISegmentCoder WithSignature(LaneTraits lane, SignedBase signed, long? length)
    {
        bool pays = Dense == DenseUse.Always || (Dense == DenseUse.Auto && (lane.IsSlow || (length ?? signed.Signature.Shape.Length) <= DenseSignatureUpTo));
        Codec codec = (pays && lane.Has(Codec.DenseSignatureDelta)) || !lane.Has(Codec.SignatureDelta) ? Codec.DenseSignatureDelta : Codec.SignatureDelta;
        return new SignatureCoder(_signature, codec, signed);
    }

    /// <summary>A coder against one base or two, at the fast level if the listener understands that.</summary>
    /// <param name="lane">The lane; its listener understands one of the deltas.</param>
    /// <param name="first">The base most like the body. It must stay pinned as long as the coder is used.</param>
    /// <param name="second">Another one, or null.</param>
    public ISegmentCoder WithBases(LaneTraits lane, Version first, Version? second) =>
        Delta(lane.Has(Codec.Delta) ? Codec.Delta : Codec.DenseDelta, first, second);

    /// <summary>A coder against the same at the dense level, once the fast one has been tried: the indexes that were made for that serve a target that is too new for the dense level.</summary>
    public ISegmentCoder DenseWithBases(Version first, Version? second) =>
        new DeltaCoder(_delta, Codec.DenseDelta, Indexed(first), second is null ? default : Indexed(second));

    /// <inheritdoc/>
    public void Dispose()
    {
        _zstd.Dispose();
        _delta.Dispose();
        _signature.Dispose();
    }

    private DeltaCoder Delta(Codec codec, Version first, Version? second) =>
        new(_delta, codec, Base(first, codec), second is null ? default : Base(second, codec));

    private static DeltaBase Base(Version version, Codec codec) =>
        codec == Codec.Delta ? new(version.Body, version.GetIndex()) : new(version.Body, null, version.GetPlaces());

    private static DeltaBase Indexed(Version version) => new(version.Body, version.GetIndex(), version.GetPlaces());

    private static Compressor MakeCompressor(int level)
    {
        Compressor compressor = new(level);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, WindowLog);
        return compressor;
    }
}
