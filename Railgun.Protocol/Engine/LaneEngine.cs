using Railgun.Protocol.Frames;
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

    private readonly LaneInbound _inbound;
    private readonly Queue<StreamCore> _accepted = new();
    private readonly Queue<StreamCore> _signals = new();
    private readonly long _started;

    /// <summary>Begins a lane on a connection that is just up.</summary>
    public LaneEngine(LaneEngineOptions options, long now)
    {
        Options = options;
        _started = now;
        KeepAlive = new KeepAlive(now);
        Out = new LaneOutbound(this);
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

    /// <summary>The last round trip measured by a ping.</summary>
    public TimeSpan? RoundTrip => KeepAlive.RoundTrip;

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

    internal StreamTable Streams { get; } = new();

    internal HandleTable Handles { get; } = new();

    /// <summary>The codecs that both sides know, as bits.</summary>
    public uint CommonCodecs => Peer is null ? 1u : Peer.Codecs & Options.Hello.Codecs;

    /// <summary>Takes bytes that the peer sent.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, long now)
    {
        KeepAlive.Heard(now);
        if (State != LaneState.Closed)
        {
            _inbound.Receive(bytes, now);
        }
    }

    /// <summary>The peer has closed its direction of the connection, or the connection broke.</summary>
    public void Disconnected(string reason) => Close(new LaneEnd(LaneCode.Internal, reason, ByPeer: true));

    /// <summary>The next bytes to write, about 16 KB at most, valid until the next call; empty if there is nothing.</summary>
    public ReadOnlyMemory<byte> Pull(long now)
    {
        ReadOnlyMemory<byte> bytes = Out.Pull(now);
        CheckDrained();
        return bytes;
    }

    /// <summary>Lets time pass: keep-alive, greeting time-out, lazy frames.</summary>
    public void Tick(long now)
    {
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
                Fail(LaneCode.Silent, $"nothing was heard for {KeepAlive.DeadAfter.TotalSeconds:0} s");
                break;
        }

        Out.Tick(now);
    }

    /// <summary>Sender: a stream that the listener has opened and that nobody has taken yet.</summary>
    public bool TryAccept(out StreamCore? stream) => _accepted.TryDequeue(out stream);

    /// <summary>A stream whose driver should look: something to read, or room to write.</summary>
    public bool TryTakeSignal(out StreamCore? stream, out bool readable, out bool writable)
    {
        readable = writable = false;
        if (!_signals.TryDequeue(out stream))
        {
            return false;
        }

        (readable, writable) = (stream.ReadSignalled, stream.WriteSignalled);
        stream.ReadSignalled = stream.WriteSignalled = false;
        return true;
    }

    /// <summary>Listener: opens a stream. Its number and its bytes come when the writer pulls. Null if <see cref="CanOpen"/> is false.</summary>
    public StreamCore? Open(RequestHead head, ulong exchange, VersionName[] offers, bool end)
    {
        if (!CanOpen)
        {
            return null;
        }

        var stream = new StreamCore(0, exchange) { Offers = offers, SendCredit = Peer!.StreamWindow, ReceiveCredit = Options.Hello.StreamWindow };
        Streams.AddUnsent(stream);
        stream.Enqueue(new OutItem(OutItemKind.Request) { Request = head });
        if (end)
        {
            Out.QueueEnd(stream, null);
        }

        Out.Release(stream);
        return stream;
    }

    /// <summary>Ends a stream before its time; the peer is told if it can know of it. No event comes for it any more.</summary>
    public void Reset(StreamCore stream, Stage stage, ResetCode code, string text)
    {
        if (stream.Dead)
        {
            return;
        }

        stream.Dead = true;
        stream.DropOutput();
        Out.ReturnLaneCredit(stream.DropInput());
        if (stream.Id != 0)
        {
            Out.QueueControl(new ControlFrame(FrameType.Reset, stream.Id) { Stage = stage, Code = code, Text = text });
        }

        Streams.Remove(stream);
        CheckDrained();
    }

    /// <summary>Listener: the driver has done with the stream. What is not finished is reset.</summary>
    public void LetGo(StreamCore stream)
    {
        if (!stream.Dead && stream is { EndWritten: true, EndReceived: true })
        {
            stream.Dead = true;
            Out.ReturnLaneCredit(stream.DropInput());
            Streams.Remove(stream);
            CheckDrained();
            return;
        }

        Reset(stream, Stage.Client, ResetCode.Cancelled, "nobody waits for the answer any more");
        Out.ReturnLaneCredit(stream.DropInput());
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
        Out.Dispose();
        _inbound.Dispose();
    }

    internal void Opened(Hello peer)
    {
        Peer = peer;
        State = LaneState.Open;
        Out.Opened(peer);
    }

    internal void Refused(HelloStatus status, string text, bool byPeer) =>
        Close(new LaneEnd(LaneCode.UnknownPeer, text, byPeer, status));

    internal void Accept(StreamCore stream) => _accepted.Enqueue(stream);

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
                Kill(stream, new Fault(Stage.Sender, ResetCode.Refused, "the sender is leaving", RequestUnsent: true));
            }
        }

        CheckDrained();
    }

    /// <summary>Ends a stream by the peer's will or the lane's: the driver gets the fault after what came before it.</summary>
    internal void Kill(StreamCore stream, Fault fault)
    {
        if (stream.Dead)
        {
            return;
        }

        stream.Dead = true;
        stream.DropOutput();
        stream.Deliver(new StreamEvent { Kind = StreamEventKind.Fault, Fault = fault });
        Streams.Remove(stream);
        Signal(stream, read: true, write: true);
        CheckDrained();
    }

    /// <summary>Sender: a stream that has ended in both directions goes, or stays for what it retains.</summary>
    internal void FinishIfOver(StreamCore stream)
    {
        if (IsListener || stream.Dead || !stream.EndWritten || !stream.EndReceived)
        {
            return;
        }

        if (stream.Retained.Bytes == 0)
        {
            stream.Dead = true;
            Streams.Remove(stream);
        }
        else
        {
            Streams.Linger(stream);
        }

        CheckDrained();
    }

    /// <summary>Whether body bytes or trailers of the peer may come on this stream now.</summary>
    internal bool MayReceiveBody(StreamCore stream) => !stream.EndReceived && (stream.HeadPassed || !IsListener);

    /// <summary>The peer's direction of the stream is over.</summary>
    internal void ReceivedEnd(StreamCore stream, FieldList? trailers)
    {
        stream.EndReceived = true;
        stream.Deliver(new StreamEvent { Kind = StreamEventKind.End, Trailers = trailers });
        Signal(stream, read: true, write: false);
        FinishIfOver(stream);
    }

    /// <summary>The peer broke a rule of one stream: it is told, and the driver gets a fault.</summary>
    internal void Break(StreamCore stream, ResetCode code, string text)
    {
        Out.QueueControl(new ControlFrame(FrameType.Reset, stream.Id) { Stage = Stage.Link, Code = code, Text = text });
        Kill(stream, new Fault(Stage.Link, code, text));
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
            Kill(stream, new Fault(Stage.Link, ResetCode.LaneLost, end.Text, unsent));
        }
    }
}
