using System.Runtime.CompilerServices;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Coding;

/// <summary>The body's events as a stream, for the platform's decoders.</summary>
internal sealed class OriginBodyStream(IOriginExchange origin) : SequentialStream
{
    private bool _ended;
    private byte _peeked;
    private bool _hasPeeked;

    /// <summary>Bytes read from the origin.</summary>
    public long Coded { get; private set; }

    /// <summary>Whether the end was read.</summary>
    public bool Ended => _ended;

    /// <summary>The trailers, once the end was read.</summary>
    public FieldList? Trailers { get; private set; }

    /// <summary>Why reading failed, if it did.</summary>
    public OriginFailure? Failure { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <summary>The first byte, which stays to be read; -1 for an empty body.</summary>
    public async ValueTask<int> PeekAsync()
    {
        byte[] first = new byte[1];
        if (await ReadAsync(first) == 0)
        {
            return -1;
        }

        _hasPeeked = true;
        return _peeked = first[0];
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        if (_hasPeeked)
        {
            _hasPeeked = false;
            buffer.Span[0] = _peeked;
            return 1;
        }

        OriginEvent next = await origin.ReadAsync(buffer);
        switch (next.Kind)
        {
            case OriginEventKind.Data:
                Coded += next.Length;
                return next.Length;
            case OriginEventKind.End:
                _ended = true;
                Trailers = next.Trailers;
                return 0;
            default:
                _ended = true;
                Failure = next.Failure;
                throw new IOException(next.Failure?.Reason);
        }
    }
}
