using System.Buffers;
using Railgun.Protocol.Engine;
using ZstdSharp;

namespace Railgun.Sender.Coding;

/// <summary>One zstd frame (RFC 8878) for the body, flushed at the end of each segment.</summary>
internal sealed class ZstdCoder : ISegmentCoder
{
    private const int RoomAtOnce = 16 * 1024;

    private readonly CoderPool<Compressor> _pool;
    private Compressor? _compressor;

    /// <summary>Begins a body.</summary>
    /// <param name="pool">Where the compressor comes from and goes to.</param>
    /// <param name="length">The body's length where it is known for sure: the frame then needs no larger window, on either side.</param>
    public ZstdCoder(CoderPool<Compressor> pool, long? length)
    {
        _pool = pool;
        _compressor = pool.Rent();
        _compressor.ResetStream();
        if (length is { } known)
        {
            _compressor.SetPledgedSrcSize((ulong)known);
        }
    }

    /// <inheritdoc/>
    public Codec Codec => Codec.Zstd;

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<byte> target, bool last, IBufferWriter<byte> output)
    {
        ObjectDisposedException.ThrowIf(_compressor is null, this);
        Compress(_compressor, target, last, output);
        if (last)
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_compressor is not null)
        {
            _pool.Return(_compressor);
            _compressor = null;
        }
    }

    private static void Compress(Compressor compressor, ReadOnlySpan<byte> target, bool last, IBufferWriter<byte> output)
    {
        OperationStatus status;
        do
        {
            status = compressor.WrapStream(target, output.GetSpan(RoomAtOnce), out int consumed, out int written, last);
            target = target[consumed..];
            output.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall || !target.IsEmpty);

        while (!last && compressor.FlushStream(output.GetSpan(RoomAtOnce), out int flushed) is var left)
        {
            output.Advance(flushed);
            if (left != OperationStatus.DestinationTooSmall)
            {
                return;
            }
        }
    }
}
