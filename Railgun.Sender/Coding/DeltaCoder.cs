using System.Buffers;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Engine;

namespace Railgun.Sender.Coding;

/// <summary>A delta against one base or two (DELTA_FORMAT.md).</summary>
internal sealed class DeltaCoder : ISegmentCoder
{
    private readonly CoderPool<DeltaEncoder> _pool;
    private DeltaEncoder? _encoder;

    /// <summary>Begins a body.</summary>
    public DeltaCoder(CoderPool<DeltaEncoder> pool, Codec codec, DeltaBase first, DeltaBase second)
    {
        _pool = pool;
        Codec = codec;
        _encoder = pool.Rent();
        _encoder.Start(codec == Codec.DenseDelta ? DeltaLevel.Dense : DeltaLevel.Fast, first, second);
    }

    /// <inheritdoc/>
    public Codec Codec { get; }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<byte> target, bool last, IBufferWriter<byte> output)
    {
        ObjectDisposedException.ThrowIf(_encoder is null, this);
        _encoder.EncodeSegment(target, last, output);
        if (last)
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_encoder is not null)
        {
            _encoder.Stop();
            _pool.Return(_encoder);
            _encoder = null;
        }
    }
}
