using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Engine;

/// <summary>Takes the frames of streams: data into windows, control to the stream's state, and head blocks on to <see cref="HeadInbound"/>.</summary>
internal sealed class StreamInbound : IDisposable
{
    /// <summary>Credit in less than this is a crumb, which a peer gives now and then at most; in bytes.</summary>
    public const int SmallIncrement = 1024;

    private readonly LaneEngine _engine;
    private readonly HeadInbound _heads;
    private readonly SignatureInbound _signatures;
    private int _opening;

    /// <summary>Takes frames for the streams of <paramref name="engine"/>.</summary>
    public StreamInbound(LaneEngine engine)
    {
        _engine = engine;
        _heads = new HeadInbound(engine);
        _signatures = new SignatureInbound(engine);
    }

    /// <summary>Whether a head block has begun and not ended: only HEAD_MORE may come.</summary>
    public bool InHead => _heads.InHead;

    /// <summary>Takes one frame that is <paramref name="length"/> bytes long in all.</summary>
    public void Dispatch(FrameHeader header, ReadOnlySpan<byte> payload, int length)
    {
        StreamCore? stream = _engine.Streams.Find(header.Stream);
        Count(stream, length);
        if (stream is null && !InHead && header.Type is not (FrameType.Data or FrameType.Request))
        {
            _engine.Spend(1, "frames for streams that are over");
        }

        bool opens = header.Type == FrameType.Request && !_engine.IsListener && header.Stream > _engine.Streams.Last;
        if (!opens && !_engine.Streams.WasOpened(header.Stream) && !InHead)
        {
            _engine.Fail(LaneCode.Protocol, $"{header.Type} came for stream {header.Stream}, which was never opened");
            return;
        }

        switch (header.Type)
        {
            case FrameType.Request or FrameType.Response or FrameType.Informational or FrameType.Trailers or FrameType.HeadMore:
                _heads.Take(header, payload);
                if (stream is null)
                {
                    CountOpening(header, length);
                }

                break;
            case FrameType.Data:
                OnData(header, stream, payload);
                break;
            case FrameType.Reset:
                OnReset(header.Stream, stream, payload);
                break;
            case FrameType.Signature or FrameType.WantSignature:
                _signatures.Take(header, stream, payload);
                break;
            default:
                OnNumber(header, stream, payload);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _heads.Dispose();

    // The head of a request is there before its stream is.
    private void CountOpening(FrameHeader header, int length)
    {
        _opening = header.Type == FrameType.HeadMore ? _opening + length : length;
        if (!InHead)
        {
            Count(_engine.Streams.Find(header.Stream), _opening);
        }
    }

    private void Count(StreamCore? stream, int length)
    {
        if (stream is null)
        {
            return;
        }

        if (_engine.IsListener)
        {
            stream.BytesDown += length;
        }
        else
        {
            stream.BytesUp += length;
        }

        _engine.Passed(stream);
    }

    private void OnData(FrameHeader header, StreamCore? stream, ReadOnlySpan<byte> payload)
    {
        if (!_engine.Credit.Lane.TryReceive(payload.Length))
        {
            _engine.Fail(LaneCode.FlowControl, "more data than the lane's credit");
            return;
        }

        if (payload.IsEmpty && header.Flags == FrameFlags.None)
        {
            _engine.Fail(LaneCode.Protocol, $"data without a byte came on stream {header.Stream}");
            return;
        }

        if (stream is null || stream.Dead)
        {
            OnLateData(payload.Length);
            return;
        }

        if (!stream.Window.TryReceive(payload.Length))
        {
            _engine.Fail(LaneCode.FlowControl, $"more data than the credit of stream {stream.Id}");
        }
        else if (stream.AwaitsRest || stream.InputClosed)
        {
            stream.EndReceived |= stream.InputClosed && (header.Flags & FrameFlags.End) != 0;
            _engine.Credit.Return(stream, payload.Length);
            _engine.FinishIfOver(stream);
        }
        else if (!_engine.MayReceiveBody(stream))
        {
            _engine.Fail(LaneCode.Protocol, $"data came where none may be on stream {stream.Id}");
        }
        else
        {
            Take(header, stream, payload);
        }
    }

    private void OnLateData(int length)
    {
        if (!_engine.Holdings.TryTakeLate(length))
        {
            _engine.Fail(LaneCode.FlowControl, "data came for streams that are over");
            return;
        }

        _engine.Credit.ReturnToLane(length);
    }

    private void Take(FrameHeader header, StreamCore stream, ReadOnlySpan<byte> payload)
    {
        bool mark = (header.Flags & FrameFlags.Mark) != 0;
        bool coded = _engine.IsListener && stream.Coding.Codec != Codec.Identity && stream.Attempts == 0;
        var reader = new FrameReader(payload);
        ulong check = 0;
        int segmentLength = 0;
        if (mark && (!coded || !SegmentCheck.TryRead(ref reader, out check, out segmentLength)))
        {
            _engine.Break(stream, ResetCode.StreamProtocol, "a segment's end is malformed or came in a body that has none");
            return;
        }

        stream.InSegment = coded && !mark && (stream.InSegment || payload.Length > 0);
        if (mark)
        {
            stream.Deliver(new StreamEvent
            {
                Kind = StreamEventKind.Data,
                Data = Payload.Copy(reader.Rest),
                Credit = payload.Length,
                EndsSegment = true,
                Check = check,
                SegmentLength = segmentLength,
            });
        }
        else if (payload.Length > 0)
        {
            stream.DeliverData(payload);
        }

        if (_engine.Holdings.Events > LaneHoldings.MaxEvents)
        {
            _engine.Fail(LaneCode.LimitExceeded, "bodies in too many pieces wait to be taken");
            return;
        }

        if ((header.Flags & FrameFlags.End) != 0)
        {
            if (stream.InSegment)
            {
                _engine.Break(stream, ResetCode.StreamProtocol, "the body ended inside a segment");
                return;
            }

            _engine.ReceivedEnd(stream, null);
        }

        _engine.Signal(stream, read: true, write: false);
    }

    private void OnReset(uint id, StreamCore? stream, ReadOnlySpan<byte> payload)
    {
        if (!ResetFrame.TryRead(payload, out Stage stage, out ResetCode code, out string text))
        {
            _engine.Fail(LaneCode.Protocol, "a reset is malformed");
            return;
        }

        if (stream is not null)
        {
            if (!_engine.IsListener && !stream.EndWritten)
            {
                _engine.Spend(FloodGuard.PerReset, "streams opened and reset");
            }

            _engine.Kill(stream, new Fault(stage, code, text, RequestUnsent: code == ResetCode.Refused));
        }
        else if (!_engine.IsListener)
        {
            // All of it had gone out, but nobody there waits for its body any more.
            _engine.Fresh.ForgetStream(id);
        }
    }

    private void OnNumber(FrameHeader header, StreamCore? stream, ReadOnlySpan<byte> payload)
    {
        bool two = header.Type is FrameType.WantRest or FrameType.Rest;
        ulong second = 0;
        bool read = two ? NumberFrame.TryRead(payload, out ulong first, out second) : NumberFrame.TryRead(payload, out first);
        bool mine = header.Type switch
        {
            FrameType.Window => true,
            FrameType.Verified or FrameType.WantRest => !_engine.IsListener,
            FrameType.Rest => _engine.IsListener,
            _ => false,
        };
        if (!read || !mine)
        {
            _engine.Fail(LaneCode.Protocol, $"{header.Type} is malformed or not allowed here");
            return;
        }

        switch (header.Type)
        {
            case FrameType.Window:
                OnWindow(stream, first, (header.Flags & FrameFlags.Mark) != 0);
                break;
            case FrameType.Verified when stream is not null:
                OnVerified(stream, (long)first);
                break;
            case FrameType.WantRest:
                OnWantRest(header.Stream, stream, first, (long)second);
                break;
            case FrameType.Rest:
                OnRest(stream, first, (long)second);
                break;
        }
    }

    private void OnVerified(StreamCore stream, long offset)
    {
        _engine.Streams.Release(stream, offset);
        if (offset > 0)
        {
            // The base is there: from here on it is like any other delta.
            _engine.Streams.Unreserve(stream);
        }

        if (stream.WantsRoom && _engine.HasRoom(stream))
        {
            _engine.Signal(stream, read: false, write: true);
        }

        _engine.FinishIfOver(stream);
    }

    private void OnWindow(StreamCore? stream, ulong increment, bool grown)
    {
        if (increment < SmallIncrement)
        {
            _engine.Spend(1, "small windows");
        }

        if (increment == 0 || increment > Hello.MaxWindow || (stream is not null && stream.SendCredit + (long)increment > Hello.MaxWindow))
        {
            _engine.Fail(LaneCode.FlowControl, "a stream's window is malformed or too large");
        }
        else if (stream is not null)
        {
            stream.SendCredit += (long)increment;
            stream.Unreturned = grown ? stream.Unreturned : Math.Max(0, stream.Unreturned - (long)increment);
            _engine.Out.Unblock(stream);
        }
    }

    private void OnWantRest(uint id, StreamCore? stream, ulong attempt, long offset)
    {
        if (stream is not null && !stream.CodedHeadWritten)
        {
            _engine.Break(stream, ResetCode.StreamProtocol, "a want for the rest came where nothing coded was sent");
            return;
        }

        if (stream is not null && stream.Coding.Codec.IsFresh())
        {
            _engine.Fresh.Lacked(stream.FreshPage, _engine.Now);
        }

        if (stream is null || stream.SendsRest || attempt != 1 || !stream.Retained.Covers(offset))
        {
            _engine.Out.QueueControl(new ControlFrame(FrameType.Reset, id)
            {
                Stage = Stage.Sender,
                Code = ResetCode.ProofFailed,
                Text = "the rest is not kept any more",
            });
            if (stream is not null)
            {
                _engine.Kill(stream, new Fault(Stage.Link, ResetCode.ProofFailed, "the rest is not kept any more"));
            }

            return;
        }

        SendRest(stream, attempt, offset);
    }

    private void SendRest(StreamCore stream, ulong attempt, long offset)
    {
        stream.SendsRest = true;
        stream.Attempts++;
        stream.DropOutput();
        stream.Enqueue(new OutItem(OutItemKind.Rest) { Check = attempt, Offset = offset });
        _engine.Streams.TakeRetained(stream, offset, piece => stream.Enqueue(new OutItem(OutItemKind.Data) { Data = piece }));
        if (stream.EndQueued)
        {
            stream.EndWritten = false;
            _engine.Out.QueueEnd(stream, stream.EndTrailers);
        }

        _engine.Out.Release(stream);
    }

    private void OnRest(StreamCore? stream, ulong attempt, long offset)
    {
        if (stream is null || stream.Dead)
        {
            return;
        }

        if (!stream.AwaitsRest || attempt != (ulong)stream.Attempts || offset != stream.RestOffset)
        {
            _engine.Break(stream, ResetCode.StreamProtocol, "a rest came that was not asked for");
            return;
        }

        stream.AwaitsRest = false;
        stream.InSegment = false;
        stream.Deliver(new StreamEvent { Kind = StreamEventKind.Rest });
        _engine.Signal(stream, read: true, write: false);
    }
}
