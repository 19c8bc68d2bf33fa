using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>Takes the frames of streams: head blocks through the lane's head decoder, data into windows, and the rest to the stream's state.</summary>
internal sealed class StreamInbound : IDisposable
{
    /// <summary>The most 1xx heads of one response.</summary>
    public const int MaxInformationals = 32;

    private const int MaxBlock = Limits.MaxHead + 1024;

    private readonly LaneEngine _engine;
    private readonly HeadDecoder _heads;
    private readonly FrameBuffer _block = new(1024);
    private FrameHeader _head;
    private ulong _lastExchange;

    /// <summary>Takes frames for the streams of <paramref name="engine"/>.</summary>
    public StreamInbound(LaneEngine engine)
    {
        _engine = engine;
        _heads = new HeadDecoder(engine.Options.Hello.HeadTable);
    }

    /// <summary>Whether a head block has begun and not ended: only HEAD_MORE may come.</summary>
    public bool InHead { get; private set; }

    /// <summary>Takes one frame that is <paramref name="length"/> bytes long in all.</summary>
    public void Dispatch(FrameHeader header, ReadOnlySpan<byte> payload, int length)
    {
        StreamCore? stream = _engine.Streams.Find(header.Stream);
        Count(stream, length);
        bool opens = header.Type == FrameType.Request && !_engine.IsListener && header.Stream > _engine.Streams.Last;
        if (!opens && !_engine.Streams.WasOpened(header.Stream) && !InHead)
        {
            _engine.Fail(LaneCode.Protocol, $"{header.Type} came for stream {header.Stream}, which was never opened");
            return;
        }

        switch (header.Type)
        {
            case FrameType.Request or FrameType.Response or FrameType.Informational or FrameType.Trailers or FrameType.HeadMore:
                OnHeadPart(header, payload);
                break;
            case FrameType.Data:
                OnData(header, stream, payload);
                break;
            case FrameType.Reset:
                OnReset(stream, payload);
                break;
            default:
                OnNumber(header, stream, payload);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _block.Dispose();

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
    }

    private void OnHeadPart(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        bool more = header.Type == FrameType.HeadMore;
        if (more != InHead || (more && header.Stream != _head.Stream) || !AllowedHere(header.Type))
        {
            _engine.Fail(LaneCode.Protocol, $"{header.Type} is not allowed here");
            return;
        }

        if (!more)
        {
            _head = header;
            _block.Clear();
        }

        if (_block.Length + payload.Length > MaxBlock)
        {
            _engine.Fail(LaneCode.LimitExceeded, $"a head block is longer than {MaxBlock} bytes");
            return;
        }

        InHead = (header.Flags & FrameFlags.More) != 0;
        if (!InHead && !more)
        {
            OnHead(payload);
            return;
        }

        _block.Write(payload);
        if (!InHead)
        {
            OnHead(_block.WrittenSpan);
        }
    }

    private bool AllowedHere(FrameType type) => type switch
    {
        FrameType.Request => !_engine.IsListener,
        FrameType.Response or FrameType.Informational => _engine.IsListener,
        _ => true,
    };

    private void OnHead(ReadOnlySpan<byte> block)
    {
        StreamCore? stream = _engine.Streams.Find(_head.Stream);
        HeadStatus status = _head.Type switch
        {
            FrameType.Request => OnRequest(block),
            FrameType.Response => OnResponse(stream, block),
            FrameType.Informational => OnInformational(stream, block),
            _ => OnTrailers(stream, block),
        };

        if (status == HeadStatus.Malformed)
        {
            _engine.Fail(LaneCode.HeadCoding, $"the head block of {_head.Type} on stream {_head.Stream} is malformed");
        }
        else if (status == HeadStatus.TooLarge)
        {
            _engine.Fail(LaneCode.LimitExceeded, $"the head of {_head.Type} on stream {_head.Stream} is larger than {Limits.MaxHead} bytes");
        }
    }

    private HeadStatus OnRequest(ReadOnlySpan<byte> block)
    {
        uint id = _head.Stream;
        var reader = new FrameReader(block);
        Span<VersionRef> refs = stackalloc VersionRef[Limits.MaxOffers];
        int count = RequestPrefix.Read(ref reader, id, refs, out long step);
        if (count < 0 || _engine.Streams.WasOpened(id))
        {
            return HeadStatus.Malformed;
        }

        HeadStatus status = _heads.Decode(reader.Rest, out RequestHead? head);
        if (status != HeadStatus.Done)
        {
            return status;
        }

        _lastExchange += (ulong)(step + 1);
        if (_engine.State != LaneState.Open || _engine.Streams.OpenCount >= _engine.Options.Hello.MaxStreams)
        {
            _engine.Streams.Skip(id);
            _engine.Out.QueueControl(new ControlFrame(FrameType.Reset, id) { Stage = Stage.Sender, Code = ResetCode.Refused, Text = "the sender takes no more" });
            return HeadStatus.Done;
        }

        var stream = new StreamCore(id, _lastExchange)
        {
            Request = head,
            Offers = Resolve(refs[..count]),
            SendCredit = _engine.Peer!.StreamWindow,
            ReceiveCredit = _engine.Options.Hello.StreamWindow,
            RequestWritten = true,
        };
        stream.EndReceived = (_head.Flags & FrameFlags.End) != 0;
        _engine.Streams.Add(stream);
        _engine.Accept(stream);
        if (stream.EndReceived)
        {
            stream.Deliver(new StreamEvent { Kind = StreamEventKind.End });
        }

        return HeadStatus.Done;
    }

    private VersionName[] Resolve(ReadOnlySpan<VersionRef> refs)
    {
        if (refs.IsEmpty)
        {
            return [];
        }

        var names = new VersionName[refs.Length];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = refs[i].Stream == 0 ? refs[i].Name : _engine.Handles.NameOf(refs[i].Stream);
        }

        return names;
    }

    private HeadStatus OnResponse(StreamCore? stream, ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty)
        {
            return HeadStatus.Malformed;
        }

        HeadStatus status = _heads.Decode(block[1..], HeadKind.Response, out ResponseHead? head);
        if (status != HeadStatus.Done || stream is null || stream.Dead)
        {
            return status;
        }

        bool kept = (_head.Flags & FrameFlags.Mark) != 0;
        if (stream.HeadPassed || !ResponsePrefix.TryUnpack(block[0], kept, stream.Offers.Length, out BodyCoding coding))
        {
            return HeadStatus.Malformed;
        }

        stream.HeadPassed = true;
        stream.Coding = coding;
        stream.Deliver(new StreamEvent { Kind = StreamEventKind.Head, Head = head, Coding = coding });
        if ((_head.Flags & FrameFlags.End) != 0)
        {
            End(stream, null);
        }

        _engine.Signal(stream, read: true, write: false);
        return HeadStatus.Done;
    }

    private HeadStatus OnInformational(StreamCore? stream, ReadOnlySpan<byte> block)
    {
        HeadStatus status = _heads.Decode(block, HeadKind.Informational, out ResponseHead? head);
        if (status != HeadStatus.Done || stream is null || stream.Dead)
        {
            return status;
        }

        if (stream.HeadPassed)
        {
            return HeadStatus.Malformed;
        }

        if (++stream.Informationals > MaxInformationals)
        {
            Break(stream, ResetCode.LimitExceeded, $"more than {MaxInformationals} informational responses");
            return HeadStatus.Done;
        }

        stream.Deliver(new StreamEvent { Kind = StreamEventKind.Informational, Head = head });
        _engine.Signal(stream, read: true, write: false);
        return HeadStatus.Done;
    }

    private HeadStatus OnTrailers(StreamCore? stream, ReadOnlySpan<byte> block)
    {
        HeadStatus status = _heads.Decode(block, out FieldList trailers);
        if (status != HeadStatus.Done || stream is null || stream.Dead || stream.AwaitsRest)
        {
            return status;
        }

        if (!MayReceiveBody(stream))
        {
            return HeadStatus.Malformed;
        }

        if (stream.InSegment)
        {
            Break(stream, ResetCode.StreamProtocol, "the body ended inside a segment");
            return HeadStatus.Done;
        }

        End(stream, trailers);
        return HeadStatus.Done;
    }

    private bool MayReceiveBody(StreamCore stream) => !stream.EndReceived && (stream.HeadPassed || !_engine.IsListener);

    private void OnData(FrameHeader header, StreamCore? stream, ReadOnlySpan<byte> payload)
    {
        _engine.Out.ReceiveCredit -= payload.Length;
        if (_engine.Out.ReceiveCredit < 0)
        {
            _engine.Fail(LaneCode.FlowControl, "more data than the lane's credit");
            return;
        }

        if (stream is null || stream.Dead)
        {
            _engine.Out.ReturnLaneCredit(payload.Length);
            return;
        }

        stream.ReceiveCredit -= payload.Length;
        if (stream.ReceiveCredit < 0)
        {
            _engine.Fail(LaneCode.FlowControl, $"more data than the credit of stream {stream.Id}");
        }
        else if (stream.AwaitsRest || stream.InputClosed)
        {
            stream.EndReceived |= stream.InputClosed && (header.Flags & FrameFlags.End) != 0;
            _engine.Out.ReturnCredit(stream, payload.Length);
            _engine.FinishIfOver(stream);
        }
        else if (!MayReceiveBody(stream))
        {
            _engine.Fail(LaneCode.Protocol, $"data came where none may be on stream {stream.Id}");
        }
        else
        {
            Take(header, stream, payload);
        }
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
            Break(stream, ResetCode.StreamProtocol, "a segment's end is malformed or came in a body that has none");
            return;
        }

        stream.InSegment = coded && !mark && (stream.InSegment || payload.Length > 0);
        if (payload.Length > 0)
        {
            stream.Deliver(new StreamEvent
            {
                Kind = StreamEventKind.Data,
                Data = Payload.Copy(reader.Rest),
                Credit = payload.Length,
                EndsSegment = mark,
                Check = check,
                SegmentLength = segmentLength,
            });
        }

        if ((header.Flags & FrameFlags.End) != 0)
        {
            if (stream.InSegment)
            {
                Break(stream, ResetCode.StreamProtocol, "the body ended inside a segment");
                return;
            }

            End(stream, null);
        }

        _engine.Signal(stream, read: true, write: false);
    }

    private void End(StreamCore stream, FieldList? trailers)
    {
        stream.EndReceived = true;
        stream.Deliver(new StreamEvent { Kind = StreamEventKind.End, Trailers = trailers });
        _engine.Signal(stream, read: true, write: false);
        _engine.FinishIfOver(stream);
    }

    /// <summary>The peer broke a rule of one stream: it is told, and the driver gets a fault.</summary>
    private void Break(StreamCore stream, ResetCode code, string text)
    {
        _engine.Out.QueueControl(new ControlFrame(FrameType.Reset, stream.Id) { Stage = Stage.Link, Code = code, Text = text });
        _engine.Kill(stream, new Fault(Stage.Link, code, text));
    }

    private void OnReset(StreamCore? stream, ReadOnlySpan<byte> payload)
    {
        if (!ResetFrame.TryRead(payload, out Stage stage, out ResetCode code, out string text))
        {
            _engine.Fail(LaneCode.Protocol, "a reset is malformed");
            return;
        }

        if (stream is not null)
        {
            _engine.Kill(stream, new Fault(stage, code, text, RequestUnsent: code == ResetCode.Refused));
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
                OnWindow(stream, first);
                break;
            case FrameType.Verified when stream is not null:
                _engine.Streams.Release(stream, (long)first);
                _engine.FinishIfOver(stream);
                break;
            case FrameType.WantRest:
                OnWantRest(header.Stream, stream, first, (long)second);
                break;
            case FrameType.Rest:
                OnRest(stream, first);
                break;
        }
    }

    private void OnWindow(StreamCore? stream, ulong increment)
    {
        if (increment == 0 || increment > Hello.MaxWindow || (stream is not null && stream.SendCredit + (long)increment > Hello.MaxWindow))
        {
            _engine.Fail(LaneCode.FlowControl, "a stream's window is malformed or too large");
        }
        else if (stream is not null)
        {
            stream.SendCredit += (long)increment;
            _engine.Out.Unblock(stream);
        }
    }

    private void OnWantRest(uint id, StreamCore? stream, ulong attempt, long offset)
    {
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

    private void OnRest(StreamCore? stream, ulong attempt)
    {
        if (stream is null || stream.Dead)
        {
            return;
        }

        if (!stream.AwaitsRest || attempt != (ulong)stream.Attempts)
        {
            Break(stream, ResetCode.StreamProtocol, "a rest came that was not asked for");
            return;
        }

        stream.AwaitsRest = false;
        stream.InSegment = false;
        stream.Deliver(new StreamEvent { Kind = StreamEventKind.Rest });
        _engine.Signal(stream, read: true, write: false);
    }
}
