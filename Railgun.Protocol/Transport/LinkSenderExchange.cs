using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Transport;

/// <summary>The sender's side of an exchange over a real link. Step 4 and step 7 of a request's life.</summary>
internal sealed partial class LinkSenderExchange : SenderExchange, ISignalled, IThreadPoolWorkItem, IDisposable
{
    /// <summary>What a reader gets that goes on when the handler has returned.</summary>
    private static readonly Fault Over = new(Stage.Sender, ResetCode.Cancelled, "the exchange is over");

    private readonly Lane _lane;
    private readonly StreamCore _stream;
    private readonly uint _generation;
    private readonly Func<LinkSenderExchange, Task> _answer;
    private LazySignal _readable;
    private LazySignal _writable;
    private LazySignal _signed;
    private CancellationTokenSource? _aborted;
    private (long Up, long Down) _lastBytes;

    /// <summary>Drives <paramref name="stream"/>, which the listener opened on <paramref name="lane"/>; <paramref name="answer"/> runs on the thread pool.</summary>
    public LinkSenderExchange(Lane lane, StreamCore stream, Func<LinkSenderExchange, Task> answer)
    {
        _answer = answer;
        _lane = lane;
        _stream = stream;
        (Id, Head, Offers) = (stream.Exchange, stream.Request!, stream.Offers);
        lock (lane.Gate)
        {
            stream.Owner = this;
            _generation = stream.Generation;
            HasBody = stream.HasBody;
            SignatureFollows = stream.Signature.Announced;
        }
    }

    /// <inheritdoc/>
    public override ulong Id { get; }

    /// <inheritdoc/>
    public override string PeerName => _lane.PeerName;

    /// <inheritdoc/>
    public override RequestHead Head { get; }

    /// <inheritdoc/>
    public override bool HasBody { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<VersionName> Offers { get; }

    /// <inheritdoc/>
    public override uint Codecs => _lane.Engine.CommonCodecs;

    /// <inheritdoc/>
    public override SignatureSeed SignatureSeed => _lane.Engine.SignatureSeed;

    /// <inheritdoc/>
    public override bool SignatureFollows { get; }

    /// <inheritdoc/>
    public override void WantSignature(int offer)
    {
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.WantSignature(_stream, offer);
        }

        _lane.Wake();
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask SignatureCameAsync(CancellationToken cancellation)
    {
        while (!HasSignature())
        {
            await _signed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override OfferSignature TakeSignature()
    {
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return default;
            }

            return _lane.Engine.TakeSignature(_stream);
        }
    }

    /// <inheritdoc/>
    public override (long Up, long Down) LinkBytes
    {
        get
        {
            lock (_lane.Gate)
            {
                return IsCurrent ? (_stream.BytesUp, _stream.BytesDown) : _lastBytes;
            }
        }
    }

    /// <inheritdoc/>
    public override long? DeliveryRate => _lane.Engine.Rate.BytesPerSecond;

    /// <inheritdoc/>
    public override long FirstFlight => _lane.FirstFlight;

    /// <inheritdoc/>
    public override TimeSpan RoundTrip => TimeSpan.FromTicks(_lane.Engine.KeepAlive.Shortest);

    /// <inheritdoc/>
    public override CancellationToken Aborted => (Volatile.Read(ref _aborted) ?? MakeAborted()).Token;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<RequestEvent> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            lock (_lane.Gate)
            {
                if (!IsCurrent)
                {
                    return new RequestEvent { Kind = RequestEventKind.Fault, Fault = Over };
                }

                if (_stream.TryTake(out StreamEvent next))
                {
                    if (next.Kind == StreamEventKind.End)
                    {
                        // Nobody reads any more.
                        _readable.Recycle();
                    }

                    return ToRequestEvent(next);
                }
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
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.Consumed(_stream, bytes);
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
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.Stored(_stream, version);
        }
    }

    /// <inheritdoc/>
    public override void Carried(in VersionUse use, VersionName version)
    {
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.Carried(_stream, use, version);
        }
    }

    /// <inheritdoc/>
    public override FreshBody LastCarried(in VersionUse asker, long? length)
    {
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return default;
            }

            return _lane.Engine.LastCarried(_stream, asker, length);
        }
    }

    /// <inheritdoc/>
    public override void Abort(Stage stage, ResetCode code, string reason)
    {
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return;
            }

            _lane.Engine.Reset(_stream, stage, code, reason);
        }

        _lane.Wake();
        _writable.Set();
        _readable.Set();
    }

    /// <summary>The handler has returned: an unread request is dropped, an unfinished response is reset.</summary>
    public void Finish()
    {
        lock (_lane.Gate)
        {
            if (!IsCurrent)
            {
                return;
            }

            if (!_stream.EndQueued)
            {
                _lane.Engine.Reset(_stream, Stage.Sender, ResetCode.Internal, "the sender's handler ended without an answer");
            }

            _lastBytes = (_stream.BytesUp, _stream.BytesDown);
            _lane.Engine.Done(_stream);
        }

        _lane.Wake();

        // Who still reads, or writes, hears that it is over.
        _readable.Set();
        _writable.Set();
    }

    /// <inheritdoc/>
    public void Signal(bool readable, bool writable)
    {
        if (readable)
        {
            _readable.Set();
            _signed.Set();
        }

        if (writable)
        {
            _writable.Set();
        }

        if (Volatile.Read(ref _aborted) is not { } aborted)
        {
            return;
        }

        bool broken;
        lock (_lane.Gate)
        {
            broken = IsBrokenOff;
        }

        if (broken)
        {
            // Callbacks of the token must not run on the lane's reader.
            _ = aborted.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public void Execute() => _ = _answer(this);

    /// <inheritdoc/>
    public void Dispose() => _aborted?.Dispose();

    private bool IsBrokenOff => IsCurrent && _stream.Dead && !_stream.EndWritten;

    // Once the driver has done with it the stream may be another's; look under the lane's lock.
    private bool IsCurrent => _stream.Generation == _generation && !_stream.DriverGone;

    // Most exchanges are over before anybody asks. Whoever breaks the stream off sees the source, or this sees that it is broken off.
    private CancellationTokenSource MakeAborted()
    {
        var made = new CancellationTokenSource();
        if (Interlocked.CompareExchange(ref _aborted, made, null) is { } present)
        {
            made.Dispose();
            return present;
        }

        bool broken;
        lock (_lane.Gate)
        {
            broken = IsBrokenOff;
        }

        if (broken)
        {
            made.Cancel();
        }

        return made;
    }

    private bool HasSignature()
    {
        lock (_lane.Gate)
        {
            return !IsCurrent || _stream.Signature.Complete;
        }
    }

    private static RequestEvent ToRequestEvent(in StreamEvent next) => new()
    {
        Kind = next.Kind switch
        {
            StreamEventKind.Data => RequestEventKind.Data,
            StreamEventKind.End => RequestEventKind.End,
            _ => RequestEventKind.Fault,
        },
        Data = next.Data,
        Trailers = next.Trailers,
        Fault = next.Fault,
    };
}
