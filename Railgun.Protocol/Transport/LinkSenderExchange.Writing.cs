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
            await RoomAsync(cancellation).ConfigureAwait(false);
            int count = Math.Min(body.Length, LaneOutbound.MaxQueuedPerStream / 2);
            Queue(body.Span[..count]);
            body = body[count..];
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask SendSegmentAsync(
        ReadOnlyMemory<byte> coded, ReadOnlyMemory<byte> target, ulong check, CancellationToken cancellation)
    {
        await RoomAsync(cancellation).ConfigureAwait(false);
        bool wake;
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.SendSegment(_stream, Payload.Copy(coded.Span), target.Span, check);
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

    private void Queue(ReadOnlySpan<byte> bytes)
    {
        bool wake;
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.SendData(_stream, Payload.Copy(bytes));
            wake = _lane.Engine.HasOutput;
        }

        if (wake)
        {
            _lane.Wake();
        }
    }
}
