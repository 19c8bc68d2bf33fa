using System.Collections.Concurrent;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Engine;

namespace Railgun.Listener.Rebuilding;

/// <summary>Lends decoders: each has some hundred KB of tables that are not made anew for every body. Thread-safe.</summary>
internal sealed class DecoderPool : IDisposable
{
    /// <summary>Idle decoders kept of each kind.</summary>
    private const int MaxIdle = 16;

    private readonly ConcurrentBag<DeltaSegmentDecoder> _deltas = [];
    private readonly ConcurrentBag<SignatureSegmentDecoder> _signatures = [];
    private readonly ConcurrentBag<ZstdSegmentDecoder> _zstds = [];
    private readonly ConcurrentBag<Lz4SegmentDecoder> _lz4s = [];

    /// <summary>A decoder started on a body; null if <paramref name="coding"/> names a base that was not offered, or an unknown codec.</summary>
    /// <param name="coding">How the body is coded; not identity.</param>
    /// <param name="offers">What the request offered.</param>
    /// <param name="maxTarget">The most bytes that the body may have.</param>
    public ISegmentDecoder? Rent(BodyCoding coding, OfferedVersions offers, long maxTarget)
    {
        switch (coding.Codec)
        {
            case Codec.Delta or Codec.DenseDelta when offers.MayName(coding.Base) && offers.MayName(coding.SecondBase):
                DeltaSegmentDecoder delta = _deltas.TryTake(out DeltaSegmentDecoder? idle) ? idle : new DeltaSegmentDecoder();
                delta.Start(LevelOf(coding.Codec), offers.Body(coding.Base), offers.Body(coding.SecondBase), maxTarget);
                return delta;
            case Codec.FreshDelta or Codec.DenseFreshDelta when offers.HasFresh && offers.MayName(coding.SecondBase):
                DeltaSegmentDecoder fresh = _deltas.TryTake(out DeltaSegmentDecoder? idleFresh) ? idleFresh : new DeltaSegmentDecoder();
                fresh.Start(LevelOf(coding.Codec), offers.Fresh, offers.Body(coding.SecondBase), maxTarget);
                return fresh;
            case Codec.SignatureDelta or Codec.DenseSignatureDelta when offers.IsSigned(coding.Base):
                SignatureSegmentDecoder signature = _signatures.TryTake(out SignatureSegmentDecoder? idleSignature) ? idleSignature : new SignatureSegmentDecoder();
                signature.Start(LevelOf(coding.Codec), offers.Body(coding.Base), maxTarget);
                return signature;
            case Codec.Zstd:
                ZstdSegmentDecoder zstd = _zstds.TryTake(out ZstdSegmentDecoder? idleZstd) ? idleZstd : new ZstdSegmentDecoder();
                zstd.Start();
                return zstd;
            case Codec.Lz4:
                return _lz4s.TryTake(out Lz4SegmentDecoder? lz4) ? lz4 : new Lz4SegmentDecoder();
            default:
                return null;
        }
    }

    /// <summary>Takes a decoder back.</summary>
    public void Return(ISegmentDecoder decoder)
    {
        switch (decoder)
        {
            case DeltaSegmentDecoder delta when _deltas.Count < MaxIdle:
                // The bases belong to somebody else from here on.
                delta.Start(DeltaLevel.Fast, default, default, 0);
                _deltas.Add(delta);
                break;
            case SignatureSegmentDecoder signature when _signatures.Count < MaxIdle:
                signature.Stop();
                _signatures.Add(signature);
                break;
            case ZstdSegmentDecoder zstd when _zstds.Count < MaxIdle:
                _zstds.Add(zstd);
                break;
            case Lz4SegmentDecoder lz4 when _lz4s.Count < MaxIdle:
                lz4.Reset();
                _lz4s.Add(lz4);
                break;
            default:
                decoder.Dispose();
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Empty(_deltas);
        Empty(_signatures);
        Empty(_zstds);
        Empty(_lz4s);
    }

    private static DeltaLevel LevelOf(Codec codec) => codec.IsDense() ? DeltaLevel.Dense : DeltaLevel.Fast;

    private static void Empty<T>(ConcurrentBag<T> bag)
        where T : IDisposable
    {
        while (bag.TryTake(out T? decoder))
        {
            decoder.Dispose();
        }
    }
}
