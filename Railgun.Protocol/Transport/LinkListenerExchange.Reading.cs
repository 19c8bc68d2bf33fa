using System.Runtime.CompilerServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Transport;

/// <content>Reading the response, and moving to another lane while nobody has seen anything of it.</content>
internal sealed partial class LinkListenerExchange
{
    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ResponseEvent> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (TryTake(out StreamEvent next))
            {
                if (next.Kind != StreamEventKind.Fault || !MayMove(next.Fault!))
                {
                    Took(next.Kind);
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
    public override bool TryTakeEnd(out FieldList? trailers)
    {
        LanePlace place = Place;
        lock (place.Lane.Gate)
        {
            StreamEvent end = default;
            bool taken = place.IsCurrent && place.Stream.EndIsNext && place.Stream.TryTake(out end);
            trailers = end.Trailers;
            Took(end.Kind);
            return taken;
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<VersionName> FreshAsync(ulong exchange, CancellationToken cancellation)
    {
        VersionName name;
        while (FindFresh(exchange, out name) == FreshStatus.Waits && !_over)
        {
            await _readable.WaitAsync(cancellation).ConfigureAwait(false);
        }

        return name;
    }

    // It reads no more.
    private void Took(StreamEventKind kind)
    {
        if (kind == StreamEventKind.End)
        {
            _readable.Recycle();
        }
    }

    private bool TryTake(out StreamEvent next)
    {
        LanePlace place = Place;
        lock (place.Lane.Gate)
        {
            next = default;
            if (!place.IsCurrent || !place.Stream.TryTake(out next))
            {
                return false;
            }

            // The check that stands before a segment's last bytes was read here and now; the reader gives back what it sees.
            int overhead = next.Credit - next.Data.Length;
            if (overhead > 0)
            {
                place.Lane.Engine.Consumed(place.Stream, overhead);
            }

            return true;
        }
    }

    private FreshStatus FindFresh(ulong exchange, out VersionName name)
    {
        LanePlace place = Place;
        lock (place.Lane.Gate)
        {
            if (!place.IsCurrent)
            {
                name = default;
                return FreshStatus.Gone;
            }

            return place.Lane.Engine.FreshWaits.Find(place.Stream, exchange, out name);
        }
    }

    private bool MayMove(Fault fault) => !_over && !HeadPassed() && LinkEngine.MayMove(Placement, fault);

    private bool HeadPassed()
    {
        LanePlace place = Place;
        lock (place.Lane.Gate)
        {
            return !place.IsCurrent || place.Stream.HeadPassed;
        }
    }

    private async ValueTask<Fault?> MoveAsync(CancellationToken cancellation)
    {
        try
        {
            await _link.PlaceAsync(this, cancellation).ConfigureAwait(false);
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
            StreamEventKind.WantSignature => ResponseEventKind.WantSignature,
            StreamEventKind.Head => ResponseEventKind.Head,
            StreamEventKind.Data => ResponseEventKind.Data,
            StreamEventKind.Rest => ResponseEventKind.Rest,
            StreamEventKind.End => ResponseEventKind.End,
            _ => ResponseEventKind.Fault,
        },
        Head = next.Head,
        Coding = next.Coding,
        Offer = next.Offer,
        Data = next.Data,
        EndsSegment = next.EndsSegment,
        Check = next.Check,
        SegmentLength = next.SegmentLength,
        Trailers = next.Trailers,
        Fault = next.Fault,
    };
}
