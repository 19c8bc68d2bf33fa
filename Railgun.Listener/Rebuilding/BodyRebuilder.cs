using System.Runtime.CompilerServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// Takes the events of one response's body: decodes, proves, and keeps what becomes a version (design: decision 7). One caller at a time, who takes piece by piece. Step 8 of a request's life.
/// </summary>
internal sealed class BodyRebuilder : IDisposable
{
    private readonly ListenerExchange _exchange;
    private readonly RebuildingTools _tools;
    private readonly OfferedVersions _offers;
    private readonly IBodyEvents _events;
    private readonly long _announced;
    private readonly bool _coded;
    private readonly VersionUse _use;
    private VersionBuilder? _target;
    private SegmentAssembler? _segments;
    private Payload _held;
    private int _owed;
    private BodyCoding _awaitsFresh = BodyCoding.AsItIs;
    private bool _awaitsRest;
    private Fault? _fault;
    private AheadBody? _ahead;
    private bool _mayRunAhead = true;

    /// <summary>Begins the body that follows <paramref name="head"/>.</summary>
    /// <param name="exchange">The exchange, whose head has come; somebody else disposes it.</param>
    /// <param name="tools">Decoders, and where versions go.</param>
    /// <param name="head">What came, and what was asked for.</param>
    /// <param name="offers">What the request offered; owned from here on.</param>
    /// <param name="events">Who hears of the end.</param>
    public BodyRebuilder(ListenerExchange exchange, RebuildingTools tools, in ReceivedHead head, OfferedVersions offers, IBodyEvents events)
    {
        (_exchange, _tools, _offers, _events) = (exchange, tools, offers, events);
        _announced = head.AnnouncedLength;
        _coded = head.Coding.Codec != Codec.Identity;
        VersionUse use = offers.Use;
        _target = tools.Keeper.Start(head, offers.SharedPrincipal, ref use);
        _use = use;
        offers.KeepOnly(head.Coding.Base, head.Coding.SecondBase);
        if (!head.Coding.Codec.IsSignature())
        {
            offers.Known(head.Coding.Base, exchange.PeerEpoch);
            offers.Known(head.Coding.SecondBase, exchange.PeerEpoch);
        }

        if (head.Coding.Codec.IsFresh())
        {
            _awaitsFresh = head.Coding;
        }
        else if (_coded)
        {
            StartDecoding(head.Coding);
        }
    }

    /// <summary>What the last step brought, never empty; valid until the next one or <see cref="Detach"/>.</summary>
    public ReadOnlyMemory<byte> Piece { get; private set; }

    /// <summary>Bytes of the target that are proved; the last piece is the last of them.</summary>
    public long Proved { get; private set; }

    /// <summary>Whether the body has come to its end.</summary>
    public bool Ended { get; private set; }

    /// <summary>How much of the target may still come; what is announced is checked before anything is decoded.</summary>
    private long Room => _announced < 0 ? long.MaxValue : _announced - Proved;

    /// <summary>Gives the last piece back and takes the next; false at the end, or where a body that runs ahead can do so no more.</summary>
    /// <exception cref="BrokenBodyException">The body ends before its time: what was given so far is right, but not all.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        GiveBack();
        if (_awaitsFresh.Fresh != 0)
        {
            await FindFreshAsync(cancellation);
        }

        while (!Ended && (_ahead is null || (_target is not null && _ahead.HasRoom(Proved))))
        {
            if (_fault is not null)
            {
                throw new BrokenBodyException(_fault);
            }

            if (Take(await _exchange.ReadAsync(cancellation)))
            {
                // A body that is here whole is a version before its client has taken it: others, of clients that are faster, may be coded against it.
                if (_segments is not null && _exchange.TryTakeEnd(out FieldList? trailers))
                {
                    End(trailers);
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// What comes from here on may be taken whatever the client does; null where that can't be: only what was coded and becomes a version, and is not too long, is worth it. What is proved is in
    /// the body's <see cref="VersionBuilder"/> then.
    /// </summary>
    public AheadBody? TryRunAhead()
    {
        int most = _announced < 0 ? AheadBody.MostUnannounced : (int)Math.Min(_announced, AheadBody.Most);
        if (!_mayRunAhead || !_coded || Ended || _use.Sharing == Sharing.None || _announced is 0 or > AheadBody.Most || _target is not { } target || !_tools.Ahead.TryTake(most))
        {
            return null;
        }

        if (!target.TryReserve(most))
        {
            _tools.Ahead.Return(most);
            return null;
        }

        _ahead = new AheadBody(this, target, _tools.Ahead, most, announced: _announced >= 0);
        return _ahead;
    }

    /// <summary>From here on everything is taken at the client's pull again.</summary>
    /// <param name="target">What was taken is not looked at any more.</param>
    public void EndRunningAhead(VersionBuilder target)
    {
        _ahead = null;
        _mayRunAhead = false;
        if (_target != target)
        {
            target.Dispose();
        }
    }

    /// <summary>Hands the last piece over to the caller, who disposes it.</summary>
    public DetachedPiece Detach()
    {
        var piece = new DetachedPiece(_segments?.Detach(), _held);
        _held = default;
        Piece = default;
        return piece;
    }

    /// <summary>The body becomes no version, or only when its client has taken it: nobody is to wait for that.</summary>
    public void NotStored()
    {
        if (_coded)
        {
            _exchange.NotStored();
        }
    }

    /// <summary>Nobody takes any more of it: a step under way ends.</summary>
    public void Abort(Fault why)
    {
        if (!Ended)
        {
            _exchange.Abort(why.Code, why.Reason);
        }
    }

    /// <summary>Gives everything back. Not while a step is under way.</summary>
    public void Dispose()
    {
        // The lane outlives the exchange: credit that did not go back would be missing there for good.
        GiveBack();
        StopDecoding();
        _target?.Dispose();
        _target = null;
    }

    /// <summary>Takes one event; true if there is something to give on.</summary>
    private bool Take(in ResponseEvent next)
    {
        switch (next.Kind)
        {
            case ResponseEventKind.Data when _segments is not null:
                return TakeCoded(next);
            case ResponseEventKind.Data when !_awaitsRest:
                return TakePlain(next.Data);
            case ResponseEventKind.Rest when _awaitsRest:
                _awaitsRest = false;
                return false;
            case ResponseEventKind.End when !_awaitsRest && _segments is not { IsOpen: true }:
                End(next.Trailers);
                return false;
            case ResponseEventKind.Fault:
                throw Broken(next.Fault!);
            default:
                _owed += next.Data.Length;
                next.Data.Dispose();
                throw Refused($"{next.Kind} came out of turn");
        }
    }

    private bool TakePlain(Payload data)
    {
        _held = data;
        _owed = data.Length;
        if (data.Length > Room)
        {
            throw Refused($"more bytes came than the {_announced} announced");
        }

        _target?.Append(data.Span);
        return Give(data.Memory);
    }

    private bool TakeCoded(in ResponseEvent data)
    {
        _owed += data.Data.Length;
        bool taken = _segments!.TryTake(data);
        data.Data.Dispose();
        if (!taken || (data.EndsSegment && !IsProved(data)))
        {
            _tools.Failures.Note(_exchange.Id, Proved);
            Spoil();
            AskForRest();
            GiveBack();
            return false;
        }

        if (!data.EndsSegment)
        {
            // One segment's target is all that waits here, so more of its coded bytes may come.
            Repay();
            return false;
        }

        _exchange.Verified(Proved + data.SegmentLength);
        return Give(_segments.Target);
    }

    private bool IsProved(in ResponseEvent data)
    {
        if (data.SegmentLength > Room)
        {
            return false;
        }

        _target!.Append(_segments!.Target.Span);
        return _target.Check == data.Check;
    }

    private bool Give(ReadOnlyMemory<byte> body)
    {
        Piece = body;
        Proved += body.Length;
        if (body.IsEmpty)
        {
            GiveBack();
            return false;
        }

        return true;
    }

    // Not all that was hashed is proved: this body is not kept.
    private void Spoil()
    {
        if (_ahead is null)
        {
            _target?.Dispose();
        }

        _target = null;
        NotStored();
    }

    private async ValueTask FindFreshAsync(CancellationToken cancellation)
    {
        BodyCoding coding = _awaitsFresh;
        VersionName name = await _exchange.FreshAsync(coding.Fresh, cancellation);
        _awaitsFresh = BodyCoding.AsItIs;
        if (!name.IsDefault && _tools.Keeper.Pin(name, _use) is { } fresh)
        {
            _offers.TakeFresh(fresh);
        }

        StartDecoding(coding);
    }

    /// <summary>From here on the body comes as it is.</summary>
    private void AskForRest()
    {
        _awaitsRest = true;
        StopDecoding();
        _exchange.WantRest(Proved);
    }

    private void End(FieldList? trailers)
    {
        if (_announced >= 0 && Proved != _announced)
        {
            throw Refused($"{Proved} bytes came of {_announced} announced");
        }

        if (_target is { } target && (_ahead is null ? Keep(target) : _ahead.Keep(() => Keep(target))) is { } version)
        {
            version.Release();
        }
        else
        {
            NotStored();
        }

        _events.Ended(trailers);
        Ended = true;
    }

    private Version? Keep(VersionBuilder target) => _tools.Keeper.Keep(target, _use, _exchange);

    private void StartDecoding(BodyCoding coding)
    {
        if (_tools.Decoders.Rent(coding, _offers, _announced < 0 ? long.MaxValue : _announced) is { } decoder)
        {
            _segments = new SegmentAssembler(decoder);
        }
        else
        {
            if (!coding.Codec.IsFresh())
            {
                // A fresh base may be gone by now; an offer is held.
                _tools.Failures.Note(_exchange.Id, 0);
            }

            // Nothing was hashed yet: what comes can still become a version.
            AskForRest();
        }
    }

    private void StopDecoding()
    {
        if (_segments is { } segments)
        {
            _segments = null;
            segments.Dispose();
            _tools.Decoders.Return(segments.Decoder);
        }

        _offers.Dispose();
    }

    /// <summary>What was given has been taken: its memory and its credit go back.</summary>
    private void GiveBack()
    {
        // A read that was cancelled in the middle of a segment goes on with it.
        if (_segments is { IsOpen: false })
        {
            _segments.Next();
        }

        Piece = default;
        _held.Dispose();
        _held = default;
        Repay();
    }

    private void Repay()
    {
        if (_owed > 0)
        {
            _exchange.Consumed(_owed);
            _owed = 0;
        }
    }

    /// <summary>The sender breaks a rule of the stream.</summary>
    private BrokenBodyException Refused(string reason)
    {
        _exchange.Abort(ResetCode.StreamProtocol, reason);
        return Broken(new Fault(Stage.Sender, ResetCode.StreamProtocol, reason));
    }

    private BrokenBodyException Broken(Fault fault)
    {
        _fault = fault;
        return new BrokenBodyException(fault);
    }
}
