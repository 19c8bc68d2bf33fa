using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Transport;

/// <summary>
/// The listener's side of an exchange over a real link. Step 3 and step 7 of a request's life. While not one byte of the request can have reached the origin, the loss of
/// its lane moves it to another one unseen.
/// </summary>
internal sealed class LinkListenerExchange : ListenerExchange, ISignalled
{
    /// <summary>How often an exchange whose request was not taken moves to another lane.</summary>
    private const int MaxMoves = 2;

    /// <summary>What a reader gets that still waits when the exchange is aborted or disposed.</summary>
    private static readonly Fault GivenUp = new(Stage.Client, ResetCode.Cancelled, "the exchange was given up");

    private readonly Link _link;
    private readonly ulong _id;
    private readonly RequestHead _head;
    private readonly bool _hasBody;
    private readonly VersionName[] _offers;
    private readonly AsyncSignal _readable = new();
    private readonly AsyncSignal _writable = new();
    private Lane _lane;
    private StreamCore _stream;
    private bool _bodyBegun;
    private bool _over;
    private int _moves;

    /// <summary>Drives <paramref name="stream"/>, which was just opened on <paramref name="lane"/> (whose lock is held).</summary>
    public LinkListenerExchange(Link link, Lane lane, StreamCore stream, RequestHead head, bool hasBody, VersionName[] offers)
    {
        _link = link;
        _lane = lane;
        _stream = stream;
        _id = stream.Exchange;
        _head = head;
        _hasBody = hasBody;
        _offers = offers;
        stream.Owner = this;
    }

    /// <inheritdoc/>
    public override ulong Id => _id;

    /// <inheritdoc/>
    public override (long Up, long Down) LinkBytes => (_stream.BytesUp, _stream.BytesDown);

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        _bodyBegun = true;
        while (!body.IsEmpty)
        {
            int count = Math.Min(body.Length, LaneOutbound.MaxQueuedPerStream / 2);
            if (TryWrite(body.Span[..count]))
            {
                body = body[count..];
            }
            else
            {
                await _writable.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public override void Complete(FieldList? trailers = null)
    {
        _bodyBegun = true;
        lock (_lane.Gate)
        {
            _lane.Engine.SendEnd(_stream, trailers);
        }

        _lane.Wake();
    }

    /// <inheritdoc/>
    public override async ValueTask<ResponseEvent> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (TryTake(out StreamEvent next))
            {
                if (next.Kind != StreamEventKind.Fault || !MayMove(next.Fault!))
                {
                    return ToResponseEvent(next);
                }

                if (await MoveAsync(cancellation).ConfigureAwait(false) is { } fault)
                {
                    return new ResponseEvent { Kind = ResponseEventKind.Fault, Fault = fault };
                }

                continue;
            }

            if (_over)
            {
                return new ResponseEvent { Kind = ResponseEventKind.Fault, Fault = GivenUp };
            }

            await _readable.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override void Consumed(int bytes)
    {
        bool wake;
        lock (_lane.Gate)
        {
            _lane.Engine.Consumed(_stream, bytes);
            wake = _lane.Engine.HasOutput;
        }

        if (wake)
        {
            _lane.Wake();
        }
    }

    /// <inheritdoc/>
    public override void Verified(long offset)
    {
        bool wake;
        lock (_lane.Gate)
        {
            _lane.Engine.Verified(_stream, offset, _lane.Now);
            wake = _lane.Engine.HasOutput;
        }

        if (wake)
        {
            _lane.Wake();
        }
    }

    /// <inheritdoc/>
    public override void Stored(VersionName version)
    {
        lock (_lane.Gate)
        {
            _lane.Engine.Stored(_stream, version);
        }
    }

    /// <inheritdoc/>
    public override void WantRest(long offset)
    {
        lock (_lane.Gate)
        {
            _lane.Engine.WantRest(_stream, offset);
        }

        _lane.Wake();
    }

    /// <inheritdoc/>
    public override void Abort(ResetCode code, string reason)
    {
        _over = true;
        lock (_lane.Gate)
        {
            _lane.Engine.Reset(_stream, Stage.Client, code, reason);
        }

        _lane.Wake();
        _readable.Set();
        _writable.Set();
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _over = true;
        bool wake;
        lock (_lane.Gate)
        {
            _lane.Engine.LetGo(_stream);
            wake = _lane.Engine.HasOutput || _lane.Engine.State == LaneState.Closed;
        }

        if (wake)
        {
            _lane.Wake();
        }

        _readable.Set();
        _writable.Set();
        return default;
    }

    /// <inheritdoc/>
    public void Signal(bool readable, bool writable)
    {
        if (readable)
        {
            _readable.Set();
        }

        if (writable)
        {
            _writable.Set();
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        lock (_lane.Gate)
        {
            if (!_over && !_lane.Engine.HasRoom(_stream))
            {
                return false;
            }

            _lane.Engine.SendData(_stream, Payload.Copy(bytes));
        }

        _lane.Wake();
        return true;
    }

    private bool TryTake(out StreamEvent next)
    {
        lock (_lane.Gate)
        {
            if (!_stream.TryTake(out next))
            {
                return false;
            }

            // The check that stands before a segment's last bytes was read here and now; the reader gives back what it sees.
            int overhead = next.Credit - next.Data.Length;
            if (overhead > 0)
            {
                _lane.Engine.Consumed(_stream, overhead);
            }

            return true;
        }
    }

    private bool MayMove(Fault fault) => fault.RequestUnsent && !_over && !_bodyBegun && !_stream.HeadPassed && _moves++ < MaxMoves;

    private async ValueTask<Fault?> MoveAsync(CancellationToken cancellation)
    {
        try
        {
            (Lane lane, StreamCore stream) = await _link.PlaceAsync(_head, _id, _hasBody, _offers, this, cancellation).ConfigureAwait(false);
            _lane = lane;
            _stream = stream;
            lane.Wake();
            return null;
        }
        catch (LinkUnavailableException e)
        {
            return e.Fault;
        }
    }

    private static ResponseEvent ToResponseEvent(in StreamEvent next) => new()
    {
        Kind = next.Kind switch
        {
            StreamEventKind.Informational => ResponseEventKind.Informational,
            StreamEventKind.Head => ResponseEventKind.Head,
            StreamEventKind.Data => ResponseEventKind.Data,
            StreamEventKind.Rest => ResponseEventKind.Rest,
            StreamEventKind.End => ResponseEventKind.End,
            _ => ResponseEventKind.Fault,
        },
        Head = next.Head,
        Coding = next.Coding,
        Data = next.Data,
        EndsSegment = next.EndsSegment,
        Check = next.Check,
        SegmentLength = next.SegmentLength,
        Trailers = next.Trailers,
        Fault = next.Fault,
    };
}
