using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Engine;

/// <summary>
/// What a lane writes and in which order: hello, control frames, then streams in turn, those that have just got something to say before those that have been
/// writing for a while, so that a small answer overtakes a big one. Lazy frames (VERIFIED) ride along with others.
/// </summary>
internal sealed class LaneOutbound : IDisposable
{
    /// <summary>The plaintext of one TLS record, in bytes: a stream's turn.</summary>
    public const int RecordSize = 16 * 1024;

    /// <summary>Beyond this many queued bytes a stream's driver has to wait.</summary>
    public const int MaxQueuedPerStream = 256 * 1024;

    /// <summary>… or beyond this many where all streams together have <see cref="LaneHoldings.MaxQueued"/> queued.</summary>
    public const int LeastQueuedPerStream = 16 * 1024;

    /// <summary>Held-back bytes go out from here on.</summary>
    public const int ReleaseAt = 16 * 1024;

    /// <summary>The most control frames that wait; a peer that makes more of them than it reads loses the lane.</summary>
    public const int MaxControlFrames = 16 * 1024;

    /// <summary>How long a lazy frame waits for company: longer than until the next ping of a silent lane.</summary>
    public static readonly TimeSpan LazyDelay = TimeSpan.FromSeconds(10);

    private const int MaxLazy = 256;

    private readonly LaneEngine _engine;
    private readonly FrameBuffer _output = new(2 * RecordSize);
    private readonly StreamWriter _writer;
    private readonly Queue<ControlFrame> _control = new();
    private readonly Queue<ControlFrame> _lazy = new();
    private readonly Queue<StreamCore> _fresh = new();
    private readonly Queue<StreamCore> _waiting = new();
    private readonly Queue<StreamCore> _blocked = new();
    private long _lazySince;
    private bool _lazyDue;
    private bool _pingAlong;
    private int _buried;
    private FrameBuffer? _greeting;

    /// <summary>Makes the writing half of <paramref name="engine"/>.</summary>
    public LaneOutbound(LaneEngine engine)
    {
        _engine = engine;
        _writer = new StreamWriter(engine, _output);
    }

    /// <summary>How much one pull gives at most, but for a long head: one record at first, less on a slow line, so that what is urgent waits behind little; some records on a fast one.</summary>
    public int PullBudget { get; set; } = RecordSize;

    /// <summary>When the greeting was handed to the writer.</summary>
    public long GreetedAt { get; private set; }

    /// <summary>What may still be sent on the whole lane.</summary>
    public long SendCredit
    {
        get => _writer.LaneCredit;
        set => _writer.LaneCredit = value;
    }

    /// <summary>Whether a pull would give bytes.</summary>
    public bool HasOutput => _greeting is not null || _control.Count > 0 || _lazyDue || HasStreamOutput;

    /// <summary>Whether streams have something to write now.</summary>
    public bool HasStreamOutput => _fresh.Count > 0 || _waiting.Count > 0;

    /// <summary>Whether streams have something to write, now or once they have credit for it.</summary>
    public bool HasWaitingOutput => HasStreamOutput || _blocked.Count > 0;

    /// <summary>Whether something waits that the peer should have before the lane closes in order.</summary>
    public bool HasUrgentOutput => _control.Count > 0 || HasStreamOutput;

    private FrameBuffer Greeting => _greeting ??= new FrameBuffer(512);

    /// <summary>Hello is over: what the peer said decides credit and head table.</summary>
    public void Opened(Hello peer)
    {
        SendCredit = _writer.LaneWindow = peer.LaneWindow;
        _writer.UseHeads(new HeadEncoder(Math.Min(peer.HeadTable, FieldTable.MaxBytes)));
    }

    /// <summary>The side that dialled says hello.</summary>
    public void QueueHello()
    {
        using var fields = new FrameBuffer(256);
        HelloFrame.WriteFields(fields, _engine.Options.Hello);
        Greeting.WriteHeader(new FrameHeader(FrameType.Hello, FrameFlags.None, 0), fields.Length);
        Greeting.Write(fields.WrittenSpan);
    }

    /// <summary>The side that accepted answers.</summary>
    public void QueueAnswer(HelloStatus status, string text) => HelloAnswerFrame.Write(Greeting, status, text, _engine.Options.Hello);

    /// <summary>Tells the peer that this side leaves.</summary>
    public void QueueGoAway(LaneCode code, string text) => GoAwayFrame.Write(Greeting, _engine.Streams.Last, code, text);

    /// <summary>Sends a ping.</summary>
    public void QueuePing(long now) => QueueControl(new ControlFrame(FrameType.Ping, 0, _engine.KeepAlive.Ping(now)));

    /// <summary>Sends a ping with the next frames of streams.</summary>
    public void PingAlong() => _pingAlong = true;

    /// <summary>Appends a control frame.</summary>
    public void QueueControl(in ControlFrame frame)
    {
        if (_control.Count >= MaxControlFrames)
        {
            _engine.Fail(LaneCode.LimitExceeded, "too many control frames wait to be written");
            return;
        }

        _control.Enqueue(frame);
    }

    /// <summary>VERIFIED waits for company, unless much is retained for want of it.</summary>
    public void QueueVerified(StreamCore stream, long offset, long now)
    {
        var frame = new ControlFrame(FrameType.Verified, stream.Id, (ulong)offset);
        if (offset - stream.VerifiedTold >= Retention.MaxPerStream / 4)
        {
            stream.VerifiedTold = offset;
            QueueControl(frame);
            return;
        }

        if (_lazy.Count == 0)
        {
            _lazySince = now;
        }

        _lazy.Enqueue(frame);
        _lazyDue |= _lazy.Count >= MaxLazy;
    }

    /// <summary>Queues the end of a stream's own direction.</summary>
    public void QueueEnd(StreamCore stream, FieldList? trailers)
    {
        stream.EndQueued = true;
        stream.EndTrailers = trailers = trailers is { Count: > 0 } ? trailers : null;
        stream.Enqueue(new OutItem(OutItemKind.End) { Trailers = trailers });
    }

    /// <summary>Something was queued for the stream; it goes out now, or is held back while it is little.</summary>
    public void Queued(StreamCore stream, bool flush)
    {
        if (flush || stream.Released || stream.QueuedBytes >= ReleaseAt)
        {
            Release(stream);
        }
    }

    /// <summary>Lets the stream's queue go.</summary>
    public void Release(StreamCore stream)
    {
        if (stream.Dead || stream.Scheduled || !stream.HasOutput)
        {
            return;
        }

        stream.Released = true;
        stream.Scheduled = true;
        _fresh.Enqueue(stream);
    }

    /// <summary>Whether all that the stream has queued goes with the next pull: it and those that go before it are little, and there is credit for them.</summary>
    public bool GoesSoon(StreamCore stream)
    {
        int most = (int)Math.Min(Math.Min(PullBudget, RecordSize), SendCredit);
        foreach (StreamCore ahead in _fresh)
        {
            most -= StreamWriter.LengthOf(ahead);
            if (most < 0 || ahead == stream)
            {
                return most >= 0 && !stream.Dead && _writer.IsCovered(stream);
            }
        }

        return false;
    }

    /// <summary>The peer gave credit to a stream.</summary>
    public void Unblock(StreamCore stream)
    {
        if (stream.Scheduled)
        {
            // It holds less of the lane's window now, and may be one of those that waited for that.
            UnblockAll();
        }
        else if (stream.Released)
        {
            Release(stream);
        }
    }

    /// <summary>The peer gave credit to the lane.</summary>
    /// <param name="credit">How much.</param>
    /// <param name="grown">Whether its window has grown by that.</param>
    public void AddCredit(long credit, bool grown)
    {
        SendCredit += credit;
        _writer.LaneWindow += grown ? credit : 0;
        UnblockAll();
    }

    /// <summary>Those that the lane held up may try again.</summary>
    public void UnblockAll()
    {
        while (_blocked.TryDequeue(out StreamCore? stream))
        {
            _waiting.Enqueue(stream);
        }
    }

    /// <summary>A stream is over: where it waits for credit of the lane, it is not to stay until that comes.</summary>
    public void Buried(StreamCore stream)
    {
        // One sweep for many.
        if (stream.Scheduled && _blocked.Count > 0 && ++_buried * 2 > _blocked.Count)
        {
            _buried = 0;
            for (int i = _blocked.Count; i > 0; i--)
            {
                StreamCore blocked = _blocked.Dequeue();
                if (!blocked.Dead)
                {
                    _blocked.Enqueue(blocked);
                    continue;
                }

                blocked.Scheduled = false;
                if (blocked != stream)
                {
                    // Whoever ends the stream gives it back itself.
                    _engine.Pool.Return(blocked);
                }
            }
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Tick(long now) => _lazyDue |= _lazy.Count > 0 && now - _lazySince >= LazyDelay.Ticks;

    /// <summary>The next bytes to write; see <see cref="LaneEngine.Pull"/>.</summary>
    public ReadOnlyMemory<byte> Pull(long now)
    {
        _output.Clear();
        if (_greeting is not null)
        {
            GreetedAt = now;
            _output.Write(_greeting.WrittenSpan);
            _greeting.Dispose();
            _greeting = null;
        }

        if (_engine.State is LaneState.Open or LaneState.Draining)
        {
            PullControl(now);
            PullStreams();
        }

        if (_engine.State == LaneState.Closed)
        {
            _control.Clear();
            _lazy.Clear();
            _lazyDue = false;
            _fresh.Clear();
            _waiting.Clear();
            _blocked.Clear();
        }

        return _output.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _greeting?.Dispose();
        _greeting = null;
        _writer.Dispose();
        _output.Dispose();
    }

    private void PullControl(long now)
    {
        if (_pingAlong && HasStreamOutput)
        {
            _pingAlong = false;
            QueuePing(now);
        }

        if (HasStreamOutput || _control.Count > 0)
        {
            _engine.Credit.RideAlong();
        }

        while (_output.Length < RecordSize && _control.TryDequeue(out ControlFrame frame))
        {
            frame.Write(_output);
        }

        if (!_lazyDue && _output.Length == 0 && !HasStreamOutput)
        {
            return;
        }

        while (_output.Length < RecordSize && _lazy.TryDequeue(out ControlFrame frame))
        {
            // Only the last word on a stream matters; earlier ones were overtaken while they waited.
            if (!_lazy.TryPeek(out ControlFrame next) || next.Stream != frame.Stream)
            {
                frame.Write(_output);
            }
        }

        _lazyDue = _lazy.Count > 0;
    }

    private void PullStreams()
    {
        while (PullBudget - _output.Length >= StreamWriter.SmallestTurn && (_fresh.TryDequeue(out StreamCore? stream) || _waiting.TryDequeue(out stream)))
        {
            if (stream.Dead)
            {
                stream.Scheduled = false;
                _engine.Pool.Return(stream);
                continue;
            }

            switch (_writer.Write(stream, Math.Min(PullBudget - _output.Length, RecordSize)))
            {
                case StreamWriteResult.MoreLeft:
                    _waiting.Enqueue(stream);
                    break;
                case StreamWriteResult.LaneBlocked:
                    _blocked.Enqueue(stream);
                    break;
                default:
                    stream.Scheduled = false;
                    break;
            }

            AfterWrite(stream);
        }
    }

    private void AfterWrite(StreamCore stream)
    {
        if (stream.WantsRoom && stream.QueuedBytes < MaxQueuedPerStream / 2)
        {
            stream.WantsRoom = false;
            _engine.Signal(stream, read: false, write: true);
        }

        if (stream.EndWritten)
        {
            _writer.Pad(stream);
            if (!stream.Carries.Name.IsDefault)
            {
                _engine.Fresh.Add(stream.Carries.Use, stream.Id, new FreshBody(stream.Exchange, stream.Carries.Name));
                stream.Carries = default;
            }

            if (stream.WantsEnd)
            {
                stream.WantsEnd = false;
                _engine.Signal(stream, read: false, write: true);
            }

            _engine.FinishIfOver(stream);
        }
    }
}
