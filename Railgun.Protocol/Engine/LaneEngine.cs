using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>
/// One lane without its connection: bytes and the time go in, bytes and events come out. It logs nothing, reads no clock, owns no task and is not
/// thread-safe: whoever owns it holds one lock a lane, never over I/O. Times are ticks of 100 ns of any steady clock.
/// </summary>
/// <remarks>
/// Shell's loop: <see cref="Receive"/> what was read, then <see cref="TryAccept"/> and <see cref="TryTakeSignal"/>; write what <see cref="Pull"/> gives while
/// <see cref="HasOutput"/>; <see cref="Tick"/> a few times a second; look at <see cref="State"/> after each.
/// </remarks>
internal sealed class LaneEngine : IDisposable
{
    /// <summary>How long hello may take.</summary>
    public static readonly TimeSpan GreetingTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A body is bulky from here on, in bytes of frames.</summary>
    public const int BulkFrom = 64 * 1024;

    /// <summary>A lane is busy so long after bytes of a bulky body, and two round trips more.</summary>
    private static readonly TimeSpan BulkLasts = TimeSpan.FromMilliseconds(50);

    private readonly LaneInbound _inbound;
    private readonly Queue<StreamCore> _accepted = new();
    private readonly Queue<StreamCore> _signals = new();
    private readonly FloodGuard _guard;
    private readonly long _started;
    private long _bulkAt;

    /// <summary>Begins a lane on a connection that is just up.</summary>
    public LaneEngine(LaneEngineOptions options, long now)
    {
        Options = options;
        _started = Now = now;
        KeepAlive = new KeepAlive(now, options.PingAfter, options.DeadAfter);
        _guard = new FloodGuard(now);
        Out = new LaneOutbound(this);
        Credit = new CreditReturns(this);
        Pool = new StreamPool(Holdings);
        FreshWaits = new FreshWaits(this);
        _inbound = new LaneInbound(this);
        if (options.Dialled && options.Refusal == HelloStatus.Accepted)
        {
            Out.QueueHello();
        }
        else if (options.Dialled)
        {
            Fail(LaneCode.UnknownPeer, options.RefusalText);
        }
    }

    /// <summary>Where the lane stands.</summary>
    public LaneState State { get; private set; }

    /// <summary>What the peer said of itself; null while <see cref="LaneState.Greeting"/>.</summary>
    public Hello? Peer { get; private set; }

    /// <summary>Why the lane ended, once it is <see cref="LaneState.Closed"/> (or draining by order of the peer).</summary>
    public LaneEnd? End { get; private set; }

    /// <summary>The last round trip measured, by hello or a ping.</summary>
    public TimeSpan? RoundTrip => KeepAlive.RoundTrip;

    /// <summary>Whether a bulky body is on its way here or there, or much waits to be written.</summary>
    public bool IsBusy => Holdings.Queued > BulkFrom || (_bulkAt != 0 && Now - _bulkAt < BulkLasts.Ticks + (2 * KeepAlive.Shortest));

    /// <summary>Whether a ping should have been answered by now.</summary>
    public bool IsDoubtful => KeepAlive.IsDoubtful(Now);

    /// <summary>How fast the line takes what this side writes, in bytes a second; null while that is not known. The shell measures it.</summary>
    public RateMeter Rate { get; } = new();

    /// <summary>Streams open now.</summary>
    public int OpenStreams => Streams.OpenCount;

    /// <summary>Bytes of all streams kept for a resend.</summary>
    public int RetainedBytes => Streams.RetainedBytes;

    /// <summary>Whether a request can be opened now.</summary>
    public bool CanOpen => State == LaneState.Open && Streams.OpenCount < Math.Min(Peer!.MaxStreams, Options.Hello.MaxStreams);

    /// <summary>Whether <see cref="Pull"/> would give bytes.</summary>
    public bool HasOutput => Out.HasOutput;

    internal LaneEngineOptions Options { get; }

    /// <summary>Whether it is the peer that leaves, and not this side.</summary>
    internal bool LeavingPeer { get; private set; }

    /// <summary>Sender: whether a request that comes now is taken. A listener that leaves still wants answers to what it has begun.</summary>
    internal bool TakesRequests => State == LaneState.Open || (State == LaneState.Draining && LeavingPeer);

    internal bool IsListener => Options.Hello.Role == LinkRole.Listener;

    internal KeepAlive KeepAlive { get; }

    internal LaneOutbound Out { get; }

    internal CreditReturns Credit { get; }

    internal StreamTable Streams { get; } = new();

    /// <summary>Stream objects to be used again.</summary>
    internal StreamPool Pool { get; }

    /// <summary>Sender: bodies that the next answers may be coded against.</summary>
    internal FreshBodies Fresh { get; } = new();

    /// <summary>Listener: who waits for a body that is just coming.</summary>
    internal FreshWaits FreshWaits { get; }

    /// <summary>What offers may be called by; this link's once hello is over.</summary>
    internal HandleTable Handles { get; private set; } = new();

    /// <summary>The time of the last call that told it.</summary>
    internal long Now { get; private set; }

    internal LaneHoldings Holdings { get; } = new();

    /// <summary>Sender: streams that were accepted and whose driver has not done with them, whatever became of them.</summary>
    internal int Driven { get; set; }

    /// <summary>The seed of signatures on this lane; valid once it is open.</summary>
    public SignatureSeed SignatureSeed { get; private set; }

    /// <summary>The codecs that both sides know, as bits.</summary>
    public uint CommonCodecs => Peer is null ? 1u : Peer.Codecs & Options.Hello.Codecs;

    /// <summary>Whether <see cref="TryTakeSignal"/> would give one.</summary>
    public bool HasSignals => _signals.Count > 0;

    /// <summary>Takes bytes that the peer sent.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, long now)
    {
        Now = now;
        KeepAlive.Heard(now);
        if (State != LaneState.Closed)
        {
            _inbound.Receive(bytes, now);
        }
    }

    /// <summary>The peer has closed its direction of the connection, or the connection broke.</summary>
    public void Disconnected(string reason) => Close(new LaneEnd(LaneCode.Internal, reason, ByPeer: true));

    /// <summary>The next bytes to write, about 64 KB at most, valid until the next call; empty if there is nothing.</summary>
    public ReadOnlyMemory<byte> Pull(long now)
    {
        Now = now;
        ReadOnlyMemory<byte> bytes = Out.Pull(now);
        CheckDrained();
        return bytes;
    }

    /// <summary>Lets time pass: keep-alive, greeting time-out, lazy frames.</summary>
    public void Tick(long now)
    {
        Now = now;
        if (State == LaneState.Closed)
        {
            return;
        }

        if (State == LaneState.Greeting && now - _started > GreetingTimeout.Ticks)
        {
            Fail(LaneCode.Silent, "hello was not answered in time");
            return;
        }

        switch (KeepAlive.Check(now))
        {
            case KeepAliveStep.Ping when State != LaneState.Greeting:
                Out.QueuePing(now);
                break;
            case KeepAliveStep.Dead:
                Fail(LaneCode.Silent, $"nothing was heard for {Options.DeadAfter.TotalSeconds:0.#} s");
                break;
            case KeepAliveStep.PingAlong when State != LaneState.Greeting:
                Out.PingAlong();
                break;
        }

        Out.Tick(now);
        FreshWaits.Tick();
    }

    /// <summary>Sender: a stream that the listener has opened and that nobody has taken yet.</summary>
    public bool TryAccept(out StreamCore? stream) => _accepted.TryDequeue(out stream);

    /// <summary>A stream whose driver should look: something to read, or room to write.</summary>
    public bool TryTakeSignal(out StreamCore? stream, out bool readable, out bool writable)
    {
        readable = writable = false;
        while (_signals.TryDequeue(out stream))
        {
            (readable, writable) = (stream.ReadSignalled, stream.WriteSignalled);
            stream.ReadSignalled = stream.WriteSignalled = false;
            if (!stream.DriverGone)
            {
                return true;
            }

            Pool.Return(stream);
        }

        return false;
    }

    /// <summary>Listener: opens a stream. Its number and its bytes come when the writer pulls. Null if <see cref="CanOpen"/> is false.</summary>
    /// <param name="head">The request.</param>
    /// <param name="exchange">The exchange's number.</param>
    /// <param name="offers">The versions offered.</param>
    /// <param name="end">Whether no body follows.</param>
    /// <param name="signature">The signature of an offer that goes along, or an empty one.</param>
    /// <param name="fresh">Whether the answer may be coded against a fresh body.</param>
    public StreamCore? Open(RequestHead head, ulong exchange, VersionName[] offers, bool end, OfferSignature signature = default, bool fresh = false)
    {
        if (!CanOpen)
        {
            return null;
        }

        StreamCore stream = Pool.Take(0, exchange, Options.Hello.StreamWindow);
        (stream.Offers, stream.TakesFresh, stream.SendCredit) = (offers, fresh, Peer!.StreamWindow);
        Streams.AddUnsent(stream);
        stream.Enqueue(new OutItem(OutItemKind.Request) { Request = head });
        if (!signature.IsEmpty)
        {
            stream.Signature.Announced = true;
            stream.Signature.Begin(signature);
        }

        if (end)
        {
            Out.QueueEnd(stream, null);
        }

        Out.Release(stream);
        return stream;
    }

    /// <summary>Begins to leave: no new streams, open ones are finished, then the lane closes.</summary>
    public void Drain(string text)
    {
        if (State == LaneState.Open || (State == LaneState.Draining && LeavingPeer))
        {
            State = LaneState.Draining;
            LeavingPeer = false;
            Out.QueueGoAway(LaneCode.Leaving, text);
            CheckDrained();
        }
        else if (State == LaneState.Greeting)
        {
            Fail(LaneCode.Leaving, text);
        }
    }

    /// <summary>Ends the lane for a reason of this side's; the peer is told.</summary>
    public void Fail(LaneCode code, string text)
    {
        if (State != LaneState.Closed)
        {
            Close(new LaneEnd(code, text, ByPeer: false));
            Out.QueueGoAway(code, text);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close(new LaneEnd(LaneCode.Internal, "the lane was disposed", ByPeer: false));
        Credit.ReturnMemory();
        Out.Dispose();
        _inbound.Dispose();
    }

    internal void Opened(Hello peer)
    {
        Peer = peer;
        State = LaneState.Open;
        Handles = Options.Handles.With(peer.Instance);
        SignatureSeed = IsListener ? HelloSeed.Of(Options.Hello, peer) : HelloSeed.Of(peer, Options.Hello);
        Out.Opened(peer);
        if (Options.Dialled)
        {
            KeepAlive.Measured(Now - Out.GreetedAt, Now);
        }
        else
        {
            // It rides with the answer, so that the round trip is known before the first request.
            Out.QueuePing(Now);
        }
    }

    internal void Refused(HelloStatus status, string text, bool byPeer) =>
        Close(new LaneEnd(LaneCode.UnknownPeer, text, byPeer, status));

    internal void Accept(StreamCore stream)
    {
        Driven++;
        _accepted.Enqueue(stream);
    }

    /// <summary>The peer made this side work for nothing; if it does so too often, the lane ends.</summary>
    /// <param name="points">See <see cref="FloodGuard"/>.</param>
    /// <param name="what">What it sent, for people.</param>
    internal void Spend(int points, string what)
    {
        if (!_guard.TryTake(points, Now))
        {
            Fail(LaneCode.LimitExceeded, $"too many {what}");
        }
    }

    /// <summary>An exchange was answered to its end.</summary>
    internal void Earn() => _guard.Answered();

    /// <summary>Bytes of a stream's frames have gone by.</summary>
    internal void Passed(StreamCore stream)
    {
        if (stream.BytesUp + stream.BytesDown >= BulkFrom)
        {
            _bulkAt = Now;
        }
    }

    internal void PeerLeaves(uint lastStream, LaneCode code, string text)
    {
        if (code != LaneCode.Leaving || State == LaneState.Greeting)
        {
            Close(new LaneEnd(code, text, ByPeer: true));
            return;
        }

        if (State == LaneState.Open)
        {
            State = LaneState.Draining;
            LeavingPeer = true;
            End = new LaneEnd(code, text, ByPeer: true);
        }

        foreach (StreamCore stream in Streams.All())
        {
            if (IsListener && (stream.Id == 0 || stream.Id > lastStream))
            {
                this.Kill(stream, new Fault(Stage.Sender, ResetCode.Refused, "the sender is leaving", RequestUnsent: true));
            }
        }

        CheckDrained();
    }

    internal void Signal(StreamCore stream, bool read, bool write)
    {
        bool queued = stream.ReadSignalled || stream.WriteSignalled;
        stream.ReadSignalled |= read;
        stream.WriteSignalled |= write;
        if (!queued)
        {
            _signals.Enqueue(stream);
        }
    }

    internal void CheckDrained()
    {
        // A listener that leaves may have requests behind its go-away; it closes the lane itself when they are answered.
        bool peerCloses = !IsListener && LeavingPeer;
        if (State == LaneState.Draining && !peerCloses && Streams.OpenCount == 0 && !Out.HasUrgentOutput)
        {
            Close(End ?? new LaneEnd(LaneCode.Leaving, "drained", ByPeer: false));
        }
    }

    private void Close(LaneEnd end)
    {
        if (State == LaneState.Closed)
        {
            return;
        }

        State = LaneState.Closed;
        End = end;
        foreach (StreamCore stream in Streams.All())
        {
            bool unsent = IsListener && !stream.RequestWritten;
            this.Kill(stream, new Fault(Stage.Link, ResetCode.LaneLost, end.Text, unsent));
        }
    }
}
