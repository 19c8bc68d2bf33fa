using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Transport;

/// <summary>
/// The listener's side of an exchange over a real link. Step 3 and step 7 of a request's life. While not one byte of the request can have reached the origin, the loss of
/// its lane moves it to another one unseen.
/// </summary>
internal sealed partial class LinkListenerExchange : ListenerExchange, ISignalled
{
    /// <summary>What a reader gets that still waits when the exchange is aborted or disposed.</summary>
    private static readonly Fault GivenUp = new(Stage.Client, ResetCode.Cancelled, "the exchange was given up");

    private readonly Link _link;
    private readonly RequestHead _head;
    private readonly bool _hasBody;
    private readonly VersionName[] _offers;
    private readonly IOfferSigner? _signer;
    private LazySignal _readable;
    private LazySignal _writable;
    private LanePlace? _place;
    private (long Up, long Down) _lastBytes;
    private bool _over;

    /// <summary>Makes an exchange that is on no lane yet; the link places it.</summary>
    public LinkListenerExchange(Link link, ExchangePlacement placement, RequestHead head, bool hasBody, VersionName[] offers, IOfferSigner? signer)
    {
        _link = link;
        _head = head;
        _hasBody = hasBody;
        _offers = offers;
        _signer = signer;
        Placement = placement;

        // A body is not kept, and its writer runs beside the reader that would move the exchange.
        placement.BodyBegun = hasBody;
    }

    /// <summary>What the link's engine knows of it.</summary>
    public ExchangePlacement Placement { get; }

    /// <inheritdoc/>
    public override ulong Id => Placement.Exchange;

    /// <inheritdoc/>
    public override (long Up, long Down) LinkBytes
    {
        get
        {
            LanePlace place = Place;
            lock (place.Lane.Gate)
            {
                return place.IsCurrent ? (place.Stream.BytesUp, place.Stream.BytesDown) : _lastBytes;
            }
        }
    }

    /// <inheritdoc/>
    public override ulong PeerEpoch => Place.Lane.Engine.Peer!.Epoch;

    /// <inheritdoc/>
    public override SignatureSeed SignatureSeed => Place.Lane.Engine.SignatureSeed;

    /// <inheritdoc/>
    public override void SendSignature(OfferSignature signature)
    {
        LanePlace place = Place;
        lock (place.Lane.Gate)
        {
            if (!place.IsCurrent)
            {
                return;
            }

            place.Lane.Engine.SendSignature(place.Stream, signature);
        }

        place.Lane.Wake();
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        while (!body.IsEmpty)
        {
            int count = Math.Min(body.Length, LaneOutbound.MaxQueuedPerStream / 2);
            if (count > LaneOutbound.RecordSize)
            {
                // A look costs less than a copy for nothing.
                await RoomAsync(cancellation).ConfigureAwait(false);
            }

            if (TryWrite(body.Span[..count]))
            {
                body = body[count..];
            }
            else
            {
                await RoomAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public override void Complete(FieldList? trailers = null)
    {
        LanePlace place = Place;
        lock (place.Lane.Gate)
        {
            if (!place.IsCurrent)
            {
                return;
            }

            place.Lane.Engine.SendEnd(place.Stream, HeadCheck.OrNone(trailers));
        }

        place.Lane.Wake();
    }

    /// <inheritdoc/>
    public override void Consumed(int bytes)
    {
        LanePlace place = Place;
        bool wake;
        lock (place.Lane.Gate)
        {
            if (!place.IsCurrent)
            {
                return;
            }

            place.Lane.Engine.Consumed(place.Stream, bytes);
            wake = place.Lane.Engine.HasOutput;
        }

        if (wake)
        {
            place.Lane.Wake();
        }
    }

    /// <inheritdoc/>
    public override void Verified(long offset)
    {
        LanePlace place = Place;
        bool wake;
        lock (place.Lane.Gate)
        {
            if (!place.IsCurrent)
            {
                return;
            }

            place.Lane.Engine.Verified(place.Stream, offset, place.Lane.Now);
            wake = place.Lane.Engine.HasOutput;
        }

        if (wake)
        {
            place.Lane.Wake();
        }
    }

    /// <inheritdoc/>
    public override void Stored(VersionName version)
    {
        LanePlace place = Place;
        bool wake;
        lock (place.Lane.Gate)
        {
            if (!place.IsCurrent)
            {
                return;
            }

            place.Lane.Engine.Stored(place.Stream, version);
            wake = place.Lane.Engine.HasSignals;
        }

        if (wake)
        {
            place.Lane.Wake();
        }
    }

    /// <inheritdoc/>
    public override void NotStored()
    {
        LanePlace place = Place;
        bool wake;
        lock (place.Lane.Gate)
        {
            if (!place.IsCurrent)
            {
                return;
            }

            place.Lane.Engine.NotStored(place.Stream);
            wake = place.Lane.Engine.HasSignals;
        }

        if (wake)
        {
            place.Lane.Wake();
        }
    }

    /// <inheritdoc/>
    public override void WantRest(long offset)
    {
        LanePlace place = Place;
        lock (place.Lane.Gate)
        {
            if (!place.IsCurrent)
            {
                return;
            }

            place.Lane.Engine.WantRest(place.Stream, offset);
        }

        place.Lane.Wake();
    }

    /// <inheritdoc/>
    public override void Abort(ResetCode code, string reason)
    {
        LanePlace place = Place;
        _over = true;
        lock (place.Lane.Gate)
        {
            if (place.IsCurrent)
            {
                place.Lane.Engine.Reset(place.Stream, Stage.Client, code, reason);
            }
        }

        place.Lane.Wake();
        _readable.Set();
        _writable.Set();
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        LanePlace place = Place;
        _over = true;
        bool wake;
        lock (place.Lane.Gate)
        {
            if (!place.IsCurrent)
            {
                return default;
            }

            _lastBytes = (place.Stream.BytesUp, place.Stream.BytesDown);
            place.Lane.Engine.LetGo(place.Stream);
            wake = place.Lane.Engine.HasOutput || place.Lane.Engine.HasSignals || place.Lane.Engine.State == LaneState.Closed;
        }

        if (wake)
        {
            place.Lane.Wake();
        }

        _link.Over(_head, _lastBytes.Down);
        _readable.Set();
        _writable.Set();
        return default;
    }

    /// <summary>Opens the exchange on <paramref name="lane"/>; false if it can't take it any more.</summary>
    public bool TryOpen(Lane lane)
    {
        OfferSignature signature = SignFor(lane.Engine);
        lock (lane.Gate)
        {
            StreamCore? stream = lane.Engine.Open(_head, Placement.Exchange, _offers, end: !_hasBody, signature, _signer is { TakesFresh: true });
            if (stream is null)
            {
                return false;
            }

            stream.Owner = this;
            _place = new LanePlace(lane, stream);
        }

        lane.Wake();
        return true;
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

    private LanePlace Place => _place!;

    // Outside the lane's lock: it may be made here and now, of a large body. What is read of the engine stays as it is once the lane is open.
    private OfferSignature SignFor(LaneEngine engine) =>
        _signer is not null && (engine.CommonCodecs & CodecKinds.Signatures) != 0 ? _signer.SignBest(engine.Peer!.Epoch, engine.SignatureSeed) : default;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RoomAsync(CancellationToken cancellation)
    {
        while (!HasRoom())
        {
            await _writable.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private bool HasRoom()
    {
        LanePlace place = Place;
        lock (place.Lane.Gate)
        {
            return HasRoom(place);
        }
    }

    // An exchange that is over takes all, for nothing.
    private bool HasRoom(LanePlace place) => !place.IsCurrent || _over || place.Lane.Engine.HasRoom(place.Stream);

    private bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        LanePlace place = Place;
        // Whoever holds the lane's lock for a copy holds up the writer.
        Payload copy = Payload.Copy(bytes);
        lock (place.Lane.Gate)
        {
            bool room = HasRoom(place);
            if (!room || !place.IsCurrent)
            {
                copy.Dispose();
                return room;
            }

            place.Lane.Engine.SendData(place.Stream, copy);
        }

        place.Lane.Wake();
        return true;
    }
}
