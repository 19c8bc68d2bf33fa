using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Engine;

/// <summary>Turns a stream's queue into frames, as far as one turn and the credit go.</summary>
internal sealed class StreamWriter : IDisposable
{
    /// <summary>A turn with less room than this is left to the next pull, so that no frame is mostly header.</summary>
    public const int SmallestTurn = 64;

    private readonly LaneEngine _engine;
    private readonly FrameBuffer _output;
    private readonly FrameBuffer _block = new(1024);
    private HeadEncoder? _heads;
    private ulong _lastExchange;

    /// <summary>Writes frames of <paramref name="engine"/>'s streams to <paramref name="output"/>.</summary>
    public StreamWriter(LaneEngine engine, FrameBuffer output)
    {
        _engine = engine;
        _output = output;
    }

    /// <summary>What may still be sent on the whole lane.</summary>
    public long LaneCredit { get; set; }

    /// <summary>The peer's window for the whole lane.</summary>
    public long LaneWindow { get; set; }

    /// <summary>The head coding of this direction, once the peer's table is known.</summary>
    public void UseHeads(HeadEncoder heads) => _heads = heads;

    /// <summary>Writes at most about <paramref name="budget"/> bytes of the stream.</summary>
    public StreamWriteResult Write(StreamCore stream, int budget)
    {
        int start = _output.Length;
        StreamWriteResult result = StreamWriteResult.MoreLeft;
        int limit = start + budget;
        while (result == StreamWriteResult.MoreLeft)
        {
            if (!stream.HasOutput)
            {
                result = StreamWriteResult.Empty;
                stream.Released = false;
            }
            else if (limit - _output.Length < SmallestTurn && _output.Length > 0)
            {
                break;
            }
            else
            {
                result = WriteFirst(stream, Math.Min(limit - _output.Length, LeftOfRecord()));
            }
        }

        Count(stream, _output.Length - start);
        return result;
    }

    /// <summary>Whether there is credit of the stream for all that it has queued, and it is not more than its share of the lane's.</summary>
    public bool IsCovered(StreamCore stream) => LengthOf(stream) <= Math.Min(stream.SendCredit, ShareOf(stream));

    /// <summary>How long what the stream has queued will be at most, in bytes; without its head.</summary>
    public static int LengthOf(StreamCore stream) => stream.QueuedBytes + (stream.ItemCount * SegmentCheck.MaxSize);

    /// <inheritdoc/>
    public void Dispose() => _block.Dispose();

    // A frame that ends with its record is read at once, and not put together.
    private int LeftOfRecord()
    {
        int left = LaneOutbound.RecordSize - (_output.Length % LaneOutbound.RecordSize);
        return left < SmallestTurn ? left + LaneOutbound.RecordSize : left;
    }

    private StreamWriteResult WriteFirst(StreamCore stream, int room)
    {
        if (stream.SignatureGoesNext)
        {
            WriteSignature(stream, room);
            return StreamWriteResult.MoreLeft;
        }

        OutItem item = stream.FirstItem;
        switch (item.Kind)
        {
            case OutItemKind.Data:
                return WriteData(stream, item, room);
            case OutItemKind.Segment:
                return WriteSegment(stream, item, room);
            case OutItemKind.Rest:
                NumberFrame.Write(_output, FrameType.Rest, stream.Id, item.Check, (ulong)item.Offset);
                stream.DropFirstItem();
                return StreamWriteResult.MoreLeft;
            case OutItemKind.End:
                WriteEnd(stream, item);
                return StreamWriteResult.MoreLeft;
            default:
                WriteHead(stream, item);
                return StreamWriteResult.MoreLeft;
        }
    }

    private void WriteSignature(StreamCore stream, int room)
    {
        SignatureTransfer signature = stream.Signature;
        int number = signature.NumberToWrite;
        int overhead = FrameHeader.MaxSize + 1;
        ReadOnlySpan<byte> part = signature.Output;
        part = part[..Math.Min(part.Length, Math.Clamp(room - overhead, SmallestTurn, Limits.MaxFramePayload - 1))];
        signature.Advance(part.Length);
        FrameFlags more = signature.HasOutput ? FrameFlags.More : FrameFlags.None;
        _output.WriteHeader(new FrameHeader(FrameType.Signature, more, stream.Id), part.Length + (number > 0 ? 1 : 0));
        if (number > 0)
        {
            _output.WriteByte((byte)number);
        }

        _output.Write(part);
    }

    private StreamWriteResult WriteData(StreamCore stream, in OutItem item, int room)
    {
        ReadOnlySpan<byte> rest = item.Data.Span[stream.FirstItemOffset..];
        int count = Cut(stream, rest.Length, room, out StreamWriteResult blocked);
        if (count == 0)
        {
            return blocked;
        }

        bool last = count == rest.Length;
        bool end = last && EndsWith(stream);
        WriteFrame(stream, end ? FrameFlags.End : FrameFlags.None, rest[..count], default, 0);
        Advance(stream, count, last, end);
        return StreamWriteResult.MoreLeft;
    }

    private StreamWriteResult WriteSegment(StreamCore stream, in OutItem item, int room)
    {
        ReadOnlySpan<byte> rest = item.Data.Span[stream.FirstItemOffset..];
        int prefix = SegmentCheck.Size(item.SegmentLength);
        int count = Cut(stream, prefix + rest.Length, room, out StreamWriteResult blocked);
        if (count == 0)
        {
            return blocked;
        }

        if (count < prefix + rest.Length)
        {
            count = Math.Min(count, rest.Length);
            if (count == 0)
            {
                return blocked;
            }

            WriteFrame(stream, FrameFlags.None, rest[..count], default, 0);
            Advance(stream, count, itemDone: false, end: false);
            return StreamWriteResult.MoreLeft;
        }

        bool end = EndsWith(stream);
        WriteFrame(stream, FrameFlags.Mark | (end ? FrameFlags.End : FrameFlags.None), rest, item.Check, item.SegmentLength);
        Advance(stream, rest.Length, itemDone: true, end);
        return StreamWriteResult.MoreLeft;
    }

    /// <summary>How many of <paramref name="wanted"/> bytes can go now; 0 with the reason in <paramref name="blocked"/>.</summary>
    private int Cut(StreamCore stream, int wanted, int room, out StreamWriteResult blocked)
    {
        long share = ShareOf(stream);
        long least = Math.Min(wanted, SmallestTurn);
        blocked = share < least ? StreamWriteResult.LaneBlocked : StreamWriteResult.StreamBlocked;
        long credit = Math.Min(stream.SendCredit, share);
        int fitting = new FrameHeader(FrameType.Data, FrameFlags.None, stream.Id).LongestPayload(room);
        int frame = Math.Min(Math.Max(fitting, SmallestTurn), Limits.MaxFramePayload);
        return credit < least ? 0 : (int)Math.Min(Math.Min(wanted, frame), credit);
    }

    /// <summary>What of the lane's credit the stream may use.</summary>
    private long ShareOf(StreamCore stream) => Math.Min(LaneCredit, LaneShare.Of(LaneCredit, LaneWindow) - stream.Unreturned);

    private static bool EndsWith(StreamCore stream) => stream is { EndQueued: true, ItemCount: 2, EndTrailers: null };

    private void WriteFrame(StreamCore stream, FrameFlags flags, ReadOnlySpan<byte> bytes, ulong check, int segmentLength)
    {
        bool mark = (flags & FrameFlags.Mark) != 0;
        int payload = bytes.Length + (mark ? SegmentCheck.Size(segmentLength) : 0);
        _output.WriteHeader(new FrameHeader(FrameType.Data, flags, stream.Id), payload);
        if (mark)
        {
            SegmentCheck.Write(_output, check, segmentLength);
        }

        _output.Write(bytes);
        stream.SendCredit -= payload;
        stream.Unreturned += payload;
        LaneCredit -= payload;
    }

    private static void Advance(StreamCore stream, int count, bool itemDone, bool end)
    {
        stream.FirstItemOffset += count;
        if (itemDone)
        {
            stream.DropFirstItem();
        }

        if (end)
        {
            stream.DropFirstItem();
            stream.EndWritten = true;
        }
    }

    private void WriteEnd(StreamCore stream, in OutItem item)
    {
        if (item.Trailers is { } trailers)
        {
            _block.Clear();
            _heads!.Encode(_block, trailers);
            WriteBlock(stream, FrameType.Trailers, FrameFlags.None);
        }
        else
        {
            _output.WriteHeader(new FrameHeader(FrameType.Data, FrameFlags.End, stream.Id), 0);
        }

        stream.DropFirstItem();
        stream.EndWritten = true;
    }

    private void WriteHead(StreamCore stream, in OutItem item)
    {
        _block.Clear();
        bool end = EndsWith(stream);
        FrameFlags flags = end ? FrameFlags.End : FrameFlags.None;
        switch (item.Kind)
        {
            case OutItemKind.Request:
                BeginRequest(stream);
                _heads!.Encode(_block, item.Request!);
                WriteBlock(stream, FrameType.Request, flags | (stream.Signature.Announced ? FrameFlags.Mark : FrameFlags.None));
                break;
            case OutItemKind.Response:
                stream.CodedHeadWritten = item.Coding.Codec != Codec.Identity;
                ResponsePrefix.Write(_block, item.Coding, stream.Exchange);
                _heads!.Encode(_block, item.Response!, HeadKind.Response);
                WriteBlock(stream, FrameType.Response, flags | (item.Coding.Kept ? FrameFlags.Mark : FrameFlags.None));
                break;
            default:
                end = false;
                _heads!.Encode(_block, item.Response!, HeadKind.Informational);
                WriteBlock(stream, FrameType.Informational, FrameFlags.None);
                break;
        }

        Advance(stream, 0, itemDone: true, end);
    }

    private void BeginRequest(StreamCore stream)
    {
        _engine.Streams.Number(stream);
        stream.RequestWritten = true;
        Span<VersionRef> offers = stackalloc VersionRef[Limits.MaxOffers];
        for (int i = 0; i < stream.Offers.Length; i++)
        {
            offers[i] = _engine.Handles.Refer(stream.Offers[i], stream.Exchange);
        }

        RequestPrefix.Write(_block, _lastExchange, stream.Exchange, offers[..stream.Offers.Length], stream.TakesFresh);
        _lastExchange = stream.Exchange;
    }

    private void WriteBlock(StreamCore stream, FrameType type, FrameFlags flags)
    {
        ReadOnlySpan<byte> rest = _block.WrittenSpan;
        do
        {
            ReadOnlySpan<byte> part = rest[..Math.Min(rest.Length, Limits.MaxFramePayload)];
            rest = rest[part.Length..];
            _output.WriteHeader(new FrameHeader(type, rest.IsEmpty ? flags : flags | FrameFlags.More, stream.Id), part.Length);
            _output.Write(part);
            type = FrameType.HeadMore;
            flags = FrameFlags.None;
        }
        while (!rest.IsEmpty);
    }

    /// <summary>Hides how long what the stream has written is, once it has ended. In the same pull: who watches the line sees one length.</summary>
    public void Pad(StreamCore stream)
    {
        if (_engine.Options.PadTo > 0)
        {
            long written = _engine.IsListener ? stream.BytesUp : stream.BytesDown;
            int missing = (int)(PaddingFrame.LengthFor(written, _engine.Options.PadTo) - written);
            PaddingFrame.Write(_output, missing);
            Count(stream, missing);
        }
    }

    private void Count(StreamCore stream, int bytes)
    {
        if (_engine.IsListener)
        {
            stream.BytesUp += bytes;
        }
        else
        {
            stream.BytesDown += bytes;
        }

        _engine.Passed(stream);
    }
}
