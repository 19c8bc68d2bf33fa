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
            if (!coding.Codec.IsFresh())
            {
                engine.Streams.Unreserve(stream);
            }

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
        bool unproved = !CanRetain(stream);
        bool room = stream.Dead || (stream.QueuedBytes < most && !unproved);
        stream.WantsRoom = !room;
        if (unproved)
        {
            // What is held back would be waited for on both sides.
            engine.Out.Release(stream);
        }

        return room;
    }

    /// <summary>
    /// Sender: whether the next segment can be retained besides what is. A body against a fresh one, of a length that nobody knew, waits here for the proof of its beginning: if the listener lacks the
    /// fresh one, it wants all of it.
    /// </summary>
    private static bool CanRetain(StreamCore stream) =>
        stream.Reserved == 0 || !stream.MayOutgrow || stream.SendsRest || stream.RetainedBytes + Limits.MaxSegmentTarget <= stream.Reserved;

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
            engine.FreshWaits.Stored(stream);
        }
    }

    /// <summary>Listener: the body of the stream does not become a version, or only when a slow reader has taken it: answers that are coded against it are not to wait.</summary>
    public static void NotStored(this LaneEngine engine, StreamCore stream)
    {
        if (!stream.StoresNothing)
        {
            stream.StoresNothing = true;
            engine.FreshWaits.Settled(stream);
        }
    }

    /// <summary>
    /// Sender: the body of the stream, whose end is queued, is stored here: once that end is on the lane, or nothing but the writer's turn keeps it, the answers behind it may be coded against it.
    /// </summary>
    public static void Carried(this LaneEngine engine, StreamCore stream, in VersionUse use, VersionName version)
    {
        if (stream.EndWritten ? !stream.Dead || stream.Answered : engine.Out.GoesSoon(stream))
        {
            engine.Fresh.Add(use, stream.Id, new FreshBody(stream.Exchange, version));
        }
        else if (!stream.Dead)
        {
            stream.Carries = (use, version);
        }
    }

    /// <summary>
    /// Sender: what the stream's answer to <paramref name="asker"/> may be coded against besides the offers; default for nothing. Only where all of it can be retained until its beginning is
    /// proved: memory for that is set aside until <see cref="SendHead"/> tells that it is not needed.
    /// </summary>
    /// <param name="engine">The lane.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="asker">Who asks for what.</param>
    /// <param name="length">The answer's length; null where it is not known.</param>
    public static FreshBody LastCarried(this LaneEngine engine, StreamCore stream, in VersionUse asker, long? length)
    {
        if (stream.Dead || stream.HeadPassed || !stream.TakesFresh || (engine.CommonCodecs & CodecKinds.Fresh) != CodecKinds.Fresh || length > engine.Options.MaxFresh)
        {
            return default;
        }

        FreshBody body = engine.Fresh.Find(asker, engine.Now);
        if (body.Exchange == 0 || !engine.Streams.TryReserve(stream, (int)Math.Max(1, length ?? engine.Options.MaxFresh)))
        {
            return default;
        }

        stream.MayOutgrow = length is null;
        stream.FreshPage = asker.Page;
        return body;
    }

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
