using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>
/// Takes head blocks: puts their parts together, passes each through the lane's one decoder in wire order (also those of streams that are over), and opens streams.
/// </summary>
internal sealed class HeadInbound : IDisposable
{
    /// <summary>The most 1xx heads of one response.</summary>
    public const int MaxInformationals = 32;

    // The rarest bytes of text take 14 bits (WIRE_FORMAT.md, Values).
    private const int MaxBlock = 2 * Limits.MaxHead;

    private readonly LaneEngine _engine;
    private readonly HeadDecoder _heads;
    private readonly FrameBuffer _block = new(1024);
    private FrameHeader _head;
    private ulong _lastExchange;

    /// <summary>Takes head blocks for the streams of <paramref name="engine"/>.</summary>
    public HeadInbound(LaneEngine engine)
    {
        _engine = engine;
        _heads = new HeadDecoder(engine.Options.Hello.HeadTable);
    }

    /// <summary>Whether a head block has begun and not ended: only HEAD_MORE may come.</summary>
    public bool InHead { get; private set; }

    /// <summary>Takes a frame that is, or goes on with, a head block.</summary>
    public void Take(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        bool more = header.Type == FrameType.HeadMore;
        if (more != InHead || (more && header.Stream != _head.Stream) || !AllowedHere(header.Type))
        {
            _engine.Fail(LaneCode.Protocol, $"{header.Type} is not allowed here");
            return;
        }

        if (payload.IsEmpty && (more || (header.Flags & FrameFlags.More) != 0))
        {
            _engine.Fail(LaneCode.Protocol, "a part of a head block is empty");
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

    /// <inheritdoc/>
    public void Dispose() => _block.Dispose();

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
        int count = RequestPrefix.Read(ref reader, _lastExchange, refs, out ulong exchange, out bool fresh);
        if (count < 0 || _engine.Streams.WasOpened(id))
        {
            return Misplaced("it is malformed, or its stream was opened before");
        }

        HeadStatus status = _heads.Decode(reader.Rest, out RequestHead? head);
        if (status != HeadStatus.Done)
        {
            return status;
        }

        _lastExchange = exchange;
        if (!_engine.TakesRequests || _engine.Streams.OpenCount >= _engine.Options.Hello.MaxStreams || _engine.Driven >= 2 * _engine.Options.Hello.MaxStreams)
        {
            _engine.Streams.Skip(id);
            _engine.Holdings.ExpectLate(_engine.Options.Hello.StreamWindow);
            _engine.Spend(FloodGuard.PerReset, "requests beyond what this side takes");
            _engine.Out.QueueControl(new ControlFrame(FrameType.Reset, id) { Stage = Stage.Sender, Code = ResetCode.Refused, Text = "the sender takes no more" });
            return HeadStatus.Done;
        }

        StreamCore stream = _engine.Pool.Take(id, exchange, _engine.Options.Hello.StreamWindow);
        (stream.Request, stream.Offers, stream.TakesFresh) = (head, Resolve(refs[..count]), fresh);
        stream.SendCredit = _engine.Peer!.StreamWindow;
        stream.RequestWritten = true;
        stream.HasBody = (_head.Flags & FrameFlags.End) == 0;
        stream.EndReceived = !stream.HasBody;
        stream.Signature.Announced = (_head.Flags & FrameFlags.Mark) != 0;
        _engine.Streams.Add(stream);
        _engine.Accept(stream);
        if (stream.EndReceived)
        {
            stream.Deliver(new StreamEvent { Kind = StreamEventKind.End });
        }

        return HeadStatus.Done;
    }

    /// <summary>The frame breaks a rule of the lane, though head coding has kept its state.</summary>
    private HeadStatus Misplaced(string why)
    {
        _engine.Fail(LaneCode.Protocol, $"{_head.Type} on stream {_head.Stream}: {why}");
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
            names[i] = refs[i].Exchange == 0 ? refs[i].Name : _engine.Handles.NameOf(refs[i].Exchange);
        }

        return names;
    }

    private HeadStatus OnResponse(StreamCore? stream, ReadOnlySpan<byte> block)
    {
        var reader = new FrameReader(block);
        if (!ResponsePrefix.TryRead(ref reader, out byte packed, out long distance))
        {
            return Misplaced("it is cut off");
        }

        HeadStatus status = _heads.Decode(reader.Rest, HeadKind.Response, out ResponseHead? head);
        if (status != HeadStatus.Done || stream is null || stream.Dead)
        {
            return status;
        }

        bool kept = (_head.Flags & FrameFlags.Mark) != 0;
        ulong fresh = distance == 0 ? 0 : stream.Exchange - (ulong)distance;
        if (stream.HeadPassed || !ResponsePrefix.TryUnpack(packed, fresh, kept, stream.Offers.Length, out BodyCoding coding))
        {
            return Misplaced("it is the second one, or its codec and bases do not fit the request");
        }

        stream.HeadPassed = true;
        stream.Coding = coding;
        stream.Deliver(new StreamEvent { Kind = StreamEventKind.Head, Head = head, Coding = coding });
        if ((_head.Flags & FrameFlags.End) != 0)
        {
            _engine.ReceivedEnd(stream, null);
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
            return Misplaced("the final response has come before");
        }

        if (++stream.Informationals > MaxInformationals)
        {
            _engine.Break(stream, ResetCode.LimitExceeded, $"more than {MaxInformationals} informational responses");
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

        if (!_engine.MayReceiveBody(stream))
        {
            return Misplaced("there is no body that could end");
        }

        if (stream.InSegment)
        {
            _engine.Break(stream, ResetCode.StreamProtocol, "the body ended inside a segment");
            return HeadStatus.Done;
        }

        _engine.ReceivedEnd(stream, trailers);
        return HeadStatus.Done;
    }
}
