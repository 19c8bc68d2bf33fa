using System.Runtime.CompilerServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Transport;

/// <content>Sending the response.</content>
internal sealed partial class LinkSenderExchange
{
    /// <inheritdoc/>
    public override void SendInformational(ResponseHead head)
    {
        if (HeadCheck.Problem(head) is not null)
        {
            return;
        }

        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.SendInformational(_stream, head);
        }

        _lane.Wake();
    }

    /// <inheritdoc/>
    public override void SendHead(ResponseHead head, BodyCoding coding, bool end = false)
    {
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.SendHead(_stream, head, coding);
            if (end)
            {
                _lane.Engine.SendEnd(_stream, null);
            }
        }

        if (end)
        {
            _lane.Wake();
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask SendDataAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        while (!body.IsEmpty)
        {
            int count = Math.Min(body.Length, LaneOutbound.MaxQueuedPerStream / 2);
            if (count > LaneOutbound.RecordSize)
            {
                // A look costs less than a copy for nothing.
                await RoomAsync(cancellation).ConfigureAwait(false);
            }

            if (TryQueue(body.Span[..count]))
            {
                body = body[count..];
                continue;
            }

            await RoomAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask SendSegmentAsync(
        ReadOnlyMemory<byte> coded, ReadOnlyMemory<byte> target, ulong check, CancellationToken cancellation)
    {
        await RoomAsync(cancellation).ConfigureAwait(false);
        Payload copy = Payload.Copy(coded.Span);
        bool wake;
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                copy.Dispose();
                return;
            }

            _lane.Engine.SendSegment(_stream, copy, target.Span, check);
            wake = _lane.Engine.HasOutput;
        }

        if (wake)
        {
            _lane.Wake();
        }
    }

    /// <inheritdoc/>
    public override void End(FieldList? trailers = null)
    {
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.SendEnd(_stream, HeadCheck.OrNone(trailers));
        }

        _lane.Wake();
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WrittenAsync()
    {
        try
        {
            while (!IsWritten())
            {
                await _writable.WaitAsync(Aborted).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The listener is gone: nothing more will be written.
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.Flush(_stream);
        }

        _lane.Wake();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RoomAsync(CancellationToken cancellation)
    {
        while (!HasRoom())
        {
            _lane.Wake();
            await _writable.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private bool HasRoom()
    {
        lock (_lane.Gate)
        {
            return !IsCurrent || _lane.Engine.HasRoom(_stream);
        }
    }

    private bool IsWritten()
    {
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return true;
            }

            _stream.WantsEnd = true;
            return _stream.Dead || _stream.EndWritten || !_stream.EndQueued;
        }
    }

    // Whoever holds the lane's lock for a copy holds up the writer.
    private bool TryQueue(ReadOnlySpan<byte> bytes)
    {
        Payload copy = Payload.Copy(bytes);
        bool wake;
        lock (_lane.Gate)
        {
            bool current = IsCurrent;
            if (!current || !_lane.Engine.HasRoom(_stream))
            {
                copy.Dispose();
                return !current;
            }

            _lane.Engine.SendData(_stream, copy);
            wake = _lane.Engine.HasOutput;
        }

        if (wake)
        {
            _lane.Wake();
        }

        return true;
    }
}
