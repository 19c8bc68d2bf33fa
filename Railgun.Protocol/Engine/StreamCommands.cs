using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>What a driver does with an open stream of a <see cref="LaneEngine"/>. All under the lane's lock; on a stream that is dead nothing happens.</summary>
internal static class StreamCommands
{
    /// <summary>Queues body bytes; takes the payload over.</summary>
    public static void SendData(this LaneEngine engine, StreamCore stream, Payload data)
    {
        if (stream.Dead || stream.EndQueued || data.Length == 0)
        {
            data.Dispose();
            return;
        }

        stream.Enqueue(new OutItem(OutItemKind.Data) { Data = data });
        engine.Out.Queued(stream, flush: engine.IsListener);
    }

    /// <summary>Queues the end of the own direction and lets all go that was held back.</summary>
    public static void SendEnd(this LaneEngine engine, StreamCore stream, FieldList? trailers)
    {
        if (!stream.Dead && !stream.EndQueued)
        {
            engine.Out.QueueEnd(stream, trailers);
            engine.Out.Release(stream);
        }
    }

    /// <summary>Sender: queues a 1xx head and lets it go.</summary>
    public static void SendInformational(this LaneEngine engine, StreamCore stream, ResponseHead head)
    {
        if (!stream.Dead && !stream.HeadPassed)
        {
            stream.Enqueue(new OutItem(OutItemKind.Informational) { Response = head });
            engine.Out.Release(stream);
        }
    }

    /// <summary>Sender: queues the final head.</summary>
    public static void SendHead(this LaneEngine engine, StreamCore stream, ResponseHead head, BodyCoding coding)
    {
        if (!stream.Dead && !stream.HeadPassed)
        {
            stream.HeadPassed = true;
            stream.Coding = coding;

            // It is decided: a signature that comes now comes too late.
            engine.Streams.TakeSignature(stream);
            stream.Enqueue(new OutItem(OutItemKind.Response) { Response = head, Coding = coding });
        }
    }

    /// <summary>Sender: queues one segment; takes the payload over and retains a copy of the target.</summary>
    public static void SendSegment(this LaneEngine engine, StreamCore stream, Payload coded, ReadOnlySpan<byte> target, ulong check)
    {
        if (stream.Dead || stream.EndQueued)
        {
            coded.Dispose();
            return;
        }

        if (stream.SendsRest)
        {
            coded.Dispose();
            engine.SendData(stream, Payload.Copy(target));
            return;
        }

        engine.Streams.Retain(stream, target);
        stream.Enqueue(new OutItem(OutItemKind.Segment) { Data = coded, Check = check, SegmentLength = target.Length });
        engine.Out.Queued(stream, flush: false);
    }

    /// <summary>Lets go what was held back.</summary>
    public static void Flush(this LaneEngine engine, StreamCore stream) => engine.Out.Release(stream);

    /// <summary>Whether more may be queued for this stream now; if not, a writable signal will come.</summary>
    public static bool HasRoom(this LaneEngine engine, StreamCore stream)
    {
        int most = engine.Holdings.Queued < LaneHoldings.MaxQueued ? LaneOutbound.MaxQueuedPerStream : LaneOutbound.LeastQueuedPerStream;
        bool room = stream.Dead || stream.QueuedBytes < most;
        stream.WantsRoom = !room;
        return room;
    }

    /// <summary>Gives back the credit of data that was taken. What a driver never gives back goes when it has done with the stream.</summary>
    public static void Consumed(this LaneEngine engine, StreamCore stream, int credit) => engine.Credit.Return(stream, stream.Settle(credit));

    /// <summary>Listener: the target of the stream is proved up to <paramref name="offset"/>.</summary>
    public static void Verified(this LaneEngine engine, StreamCore stream, long offset, long now)
    {
        if (!stream.Dead)
        {
            engine.Out.QueueVerified(stream, offset, now);
        }
    }

    /// <summary>Either side: the body of the stream is a version that is stored here.</summary>
    public static void Stored(this LaneEngine engine, StreamCore stream, VersionName version)
    {
        if (stream.Id != 0)
        {
            engine.Handles.Add(stream.Exchange, version);
            engine.FreshWaits.Settled(stream);
        }
    }

    /// <summary>Sender: the body of the stream, whose end is queued, was one segment and is stored here: the answers behind it may be coded against it.</summary>
    public static void Carried(this LaneEngine engine, StreamCore stream, in VersionUse use, VersionName version)
    {
        if (!stream.Dead || stream.Answered)
        {
            engine.Fresh.Add(use, new FreshBody(stream.Exchange, version));
        }
    }

    /// <summary>Sender: what the stream's answer to <paramref name="asker"/> may be coded against besides the offers; default for nothing. Only while what is coded so can be retained.</summary>
    public static FreshBody LastCarried(this LaneEngine engine, StreamCore stream, in VersionUse asker) =>
        stream.TakesFresh && (engine.CommonCodecs & CodecKinds.Fresh) == CodecKinds.Fresh && engine.RetainedBytes <= StreamTable.MaxRetained * 3 / 4 ? engine.Fresh.Find(asker) : default;

    /// <summary>Listener: drops what has come of the body and asks for the rest from <paramref name="offset"/>.</summary>
    public static void WantRest(this LaneEngine engine, StreamCore stream, long offset)
    {
        if (stream.Dead)
        {
            // What is still to be read follows on bytes that did not prove right: nobody may take it for the end of the body.
            engine.Credit.ReturnToLane(stream.DropInput());
            stream.Deliver(new StreamEvent
            {
                Kind = StreamEventKind.Fault,
                Fault = new Fault(Stage.Link, ResetCode.ProofFailed, "a segment did not prove right and the lane that could bring the rest is gone"),
            });
            engine.Signal(stream, read: true, write: false);
            return;
        }

        stream.AwaitsRest = true;
        stream.EndReceived = false;
        engine.Credit.Return(stream, stream.DropInput());
        stream.Attempts++;
        stream.RestOffset = offset;
        engine.Out.QueueControl(new ControlFrame(Frames.FrameType.WantRest, stream.Id, (ulong)stream.Attempts, (ulong)offset));
    }

    /// <summary>Listener: sends the signature of an offer, the one that was announced or is wanted. Ignored once the answer has begun.</summary>
    public static void SendSignature(this LaneEngine engine, StreamCore stream, OfferSignature signature)
    {
        if (!stream.Dead && !stream.HeadPassed && !signature.IsEmpty)
        {
            stream.Signature.Begin(signature);
            engine.Out.Release(stream);
        }
    }

    /// <summary>Sender: asks for the signature of an offer (0 for the first), unless one was announced, asked for, or the answer has begun.</summary>
    public static void WantSignature(this LaneEngine engine, StreamCore stream, int offer)
    {
        if (!stream.Dead && !stream.HeadPassed && !stream.Signature.Announced && !stream.Signature.Wanted)
        {
            stream.Signature.Wanted = true;
            engine.Out.QueueControl(new ControlFrame(Frames.FrameType.WantSignature, stream.Id, (ulong)offer + 1));
        }
    }

    /// <summary>Sender: the signature that has come; empty if none has come whole. What comes later is dropped.</summary>
    public static OfferSignature TakeSignature(this LaneEngine engine, StreamCore stream)
    {
        bool complete = stream.Signature.Complete;
        ReadOnlyMemory<byte> taken = engine.Streams.TakeSignature(stream);
        return complete && taken.Length > 1 && taken.Span[0] is var number && number >= 1 && number <= stream.Offers.Length
            ? new OfferSignature(number - 1, taken[1..])
            : default;
    }

    /// <summary>Sender: the driver reads no more of the request; data that still comes is dropped and its credit given back.</summary>
    public static void StopReading(this LaneEngine engine, StreamCore stream)
    {
        stream.InputClosed = true;
        engine.Credit.Return(stream, stream.DropInput());
        engine.FinishIfOver(stream);
    }
}
