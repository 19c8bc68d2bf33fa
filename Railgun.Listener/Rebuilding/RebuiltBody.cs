using System.Runtime.CompilerServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// A response's body as it comes off the link: decoded, proved, and only then given on (design: decision 7). It reads the next segment when the
/// client has taken the last, and gives credit back only then, so a slow client holds up its own exchange and nothing else. Step 8 of a request's life.
/// </summary>
internal sealed class RebuiltBody : IBodySource
{
    private const int Idle = 0;
    private const int Advancing = 1;
    private const int Disposed = 2;
    private const int DisposedWhileAdvancing = 3;

    private static readonly Fault ClientGone = new(Stage.Client, ResetCode.Cancelled, "the client is gone");

    private readonly ListenerExchange _exchange;
    private readonly RebuildingTools _tools;
    private readonly OfferedVersions _offers;
    private readonly BodyProgress _progress;
    private readonly IBodyEvents _events;
    private readonly long _announced;
    private readonly VersionUse _use;
    private VersionBuilder? _target;
    private SegmentAssembler? _segments;
    private Payload _held;
    private int _owed;
    private int _state;
    private BodyCoding _awaitsFresh = BodyCoding.AsItIs;
    private bool _awaitsRest;
    private bool _begun;

    /// <summary>Begins the body that follows <paramref name="head"/>.</summary>
    /// <param name="exchange">The exchange, whose head has come; somebody else disposes it.</param>
    /// <param name="tools">Decoders, and where versions go.</param>
    /// <param name="head">What came, and what was asked for.</param>
    /// <param name="offers">What the request offered; owned from here on.</param>
    /// <param name="progress">Where to write what becomes of it.</param>
    /// <param name="events">Who hears how it goes.</param>
    public RebuiltBody(
        ListenerExchange exchange, RebuildingTools tools, in ReceivedHead head, OfferedVersions offers, BodyProgress progress, IBodyEvents events)
    {
        (_exchange, _tools, _offers, _progress, _events) = (exchange, tools, offers, progress, events);
        _announced = head.AnnouncedLength;
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
        else if (head.Coding.Codec != Codec.Identity)
        {
            StartDecoding(head.Coding);
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>How much of the target may still come; what is announced is checked before anything is decoded.</summary>
    private long Room => _announced < 0 ? long.MaxValue : _announced - _progress.Bytes;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> AdvanceAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(Interlocked.CompareExchange(ref _state, Advancing, Idle) != Idle, this);
        try
        {
            GiveBack();
            if (_awaitsFresh.Fresh != 0)
            {
                await FindFreshAsync(cancellation);
            }

            while (!_progress.Ended)
            {
                ThrowIfBroken();
                ValueTask<ResponseEvent> next = _exchange.ReadAsync(cancellation);
                if (!_begun && !next.IsCompleted)
                {
                    await _events.SilentAsync();
                }

                _begun = true;
                if (Take(await next))
                {
                    EndAhead();
                    return true;
                }
            }

            return false;
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _state, Idle, Advancing) != Advancing)
            {
                Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.CompareExchange(ref _state, DisposedWhileAdvancing, Advancing) == Advancing)
        {
            _exchange.Abort(ClientGone.Code, ClientGone.Reason);
        }
        else if (Interlocked.CompareExchange(ref _state, Disposed, Idle) == Idle)
        {
            Release();
        }
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
            _tools.Failures.Note(_exchange.Id, _progress.Bytes);

            // Not all that was hashed is proved: this body is not kept.
            _target?.Dispose();
            _target = null;
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

        _exchange.Verified(_progress.Bytes + data.SegmentLength);
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
        Current = body;
        _progress.Bytes += body.Length;
        if (body.IsEmpty)
        {
            GiveBack();
            return false;
        }

        _events.Given(body.Length);
        return true;
    }

    /// <summary>A body that is here whole is a version before its client has taken it: others, of clients that are faster, may be coded against it.</summary>
    private void EndAhead()
    {
        if (_segments is not null && _exchange.TryTakeEnd(out FieldList? trailers))
        {
            End(trailers);
        }
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
        _exchange.WantRest(_progress.Bytes);
    }

    private void End(FieldList? trailers)
    {
        if (_announced >= 0 && _progress.Bytes != _announced)
        {
            throw Refused($"{_progress.Bytes} bytes came of {_announced} announced");
        }

        _progress.Ended = true;
        if (_target is not null)
        {
            _tools.Keeper.Keep(_target, _use, _exchange);
        }

        _events.Ended(trailers);
    }

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

    /// <summary>The client has taken what it was given: its memory and its credit go back.</summary>
    private void GiveBack()
    {
        // A read that was cancelled in the middle of a segment goes on with it.
        if (_segments is { IsOpen: false })
        {
            _segments.Next();
        }

        Current = default;
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

    private void Release()
    {
        if (!_progress.Ended)
        {
            _progress.Fault ??= ClientGone;
            _exchange.Abort(ClientGone.Code, ClientGone.Reason);
        }

        // The lane outlives the exchange: credit that did not go back would be missing there for good.
        GiveBack();
        StopDecoding();
        _target?.Dispose();
        _target = null;
    }

    private void ThrowIfBroken()
    {
        if (_progress.Fault is { } fault)
        {
            throw new BrokenBodyException(fault);
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
        _progress.Fault = fault;
        return new BrokenBodyException(fault);
    }
}
