using System.Runtime.CompilerServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// A response's body as the client takes it: proved piece by proved piece (design: decision 7). The next segment is taken off the link when the client has taken the last, and credit goes back only
/// then, so a slow client holds up its own exchange and nothing else; but a body that others may be coded against is taken ahead of its client (<see cref="AheadBody"/>). Step 8 of a request's life.
/// </summary>
internal sealed class RebuiltBody : IBodySource
{
    private const int Idle = 0;
    private const int Advancing = 1;
    private const int Disposed = 2;
    private const int DisposedWhileAdvancing = 3;

    private static readonly Fault ClientGone = new(Stage.Client, ResetCode.Cancelled, "the client is gone");

    private readonly BodyRebuilder _source;
    private readonly BodyProgress _progress;
    private readonly IBodyEvents _events;
    private AheadBody? _ahead;
    private DetachedPiece _first;
    private int _state;
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
        (_progress, _events) = (progress, events);
        _source = new BodyRebuilder(exchange, tools, head, offers, events);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> AdvanceAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(Interlocked.CompareExchange(ref _state, Advancing, Idle) != Idle, this);
        try
        {
            Current = default;
            Take(default);
            ValueTask<bool> next = NextAsync(cancellation);
            ValueTask head = default;
            if (!_begun && !next.IsCompleted)
            {
                // It may take as long as the client pleases: what comes is taken and kept meanwhile.
                head = _events.SilentAsync();
            }

            _begun = true;
            bool more;
            try
            {
                more = await next;
            }
            finally
            {
                await head;
            }

            _progress.Ended = !more;
            _progress.Bytes += Current.Length;
            if (more)
            {
                _events.Given(Current.Length);
            }

            return more;
        }
        catch (BrokenBodyException e)
        {
            _progress.Fault = e.Fault;
            throw;
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
            _source.Abort(ClientGone);
        }
        else if (Interlocked.CompareExchange(ref _state, Disposed, Idle) == Idle)
        {
            Release();
        }
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        if (_ahead is not null)
        {
            if (await _ahead.NextAsync(cancellation))
            {
                Current = _ahead.Current;
                return true;
            }

            // All of it has come, or the rest comes at the client's pull.
            _ahead.Release();
            _ahead = null;
        }

        if (!await _source.NextAsync(cancellation))
        {
            return false;
        }

        Current = _source.Piece;
        if (!_source.Ended)
        {
            RunAhead();
        }

        return true;
    }

    private void RunAhead()
    {
        if (_source.TryRunAhead() is { } ahead)
        {
            Take(_source.Detach());
            _ahead = ahead;
            ahead.Start();
        }
        else
        {
            _source.NotStored();
        }
    }

    private void Take(DetachedPiece piece)
    {
        _first.Dispose();
        _first = piece;
    }

    private void Release()
    {
        if (!_progress.Ended)
        {
            _progress.Fault ??= ClientGone;
            _source.Abort(ClientGone);
        }

        Current = default;
        Take(default);
        if (_ahead is null)
        {
            _source.Dispose();
        }
        else if (_ahead.TryLeave(ClientGone))
        {
            _ahead.Release();
            _source.Dispose();
        }
    }
}
