using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Engine;

/// <summary>How streams of a <see cref="LaneEngine"/> end: in order, by the driver's will, by the peer's, or with the lane. All under the lane's lock.</summary>
internal static class StreamEndings
{
    /// <summary>Ends a stream before its time; the peer is told if it can know of it. No event comes for it any more.</summary>
    public static void Reset(this LaneEngine engine, StreamCore stream, Stage stage, ResetCode code, string text)
    {
        if (stream.Dead)
        {
            return;
        }

        engine.Bury(stream);
        engine.Credit.ReturnToLane(stream.DropInput());
        if (stream.Id != 0)
        {
            engine.Out.QueueControl(new ControlFrame(FrameType.Reset, stream.Id) { Stage = stage, Code = code, Text = text });
        }

        engine.Forget(stream);
        engine.CheckDrained();
    }

    /// <summary>Listener: the driver has done with the stream. What is not finished is reset.</summary>
    public static void LetGo(this LaneEngine engine, StreamCore stream)
    {
        engine.Credit.ReturnToLane(stream.Settle());
        stream.DriverGone = true;
        if (!stream.Dead && stream is { EndWritten: true, EndReceived: true })
        {
            stream.Dead = true;
            engine.Forget(stream);
            engine.CheckDrained();
        }
        else
        {
            engine.Reset(stream, Stage.Client, ResetCode.Cancelled, "nobody waits for the answer any more");
        }

        engine.Credit.ReturnToLane(stream.DropInput());
        engine.Pool.Return(stream);
    }

    /// <summary>Sender: the driver has done with the stream.</summary>
    public static void Done(this LaneEngine engine, StreamCore stream)
    {
        engine.Driven--;
        engine.Credit.Return(stream, stream.Settle());
        stream.DriverGone = true;
        engine.StopReading(stream);
        engine.Pool.Return(stream);
    }

    /// <summary>Ends a stream by the peer's will or the lane's: the driver gets the fault after what came before it.</summary>
    internal static void Kill(this LaneEngine engine, StreamCore stream, Fault fault)
    {
        if (stream.Dead)
        {
            return;
        }

        engine.Bury(stream);
        stream.Deliver(new StreamEvent { Kind = StreamEventKind.Fault, Fault = fault });
        engine.Forget(stream);
        engine.Signal(stream, read: true, write: true);
        engine.CheckDrained();
    }

    /// <summary>Sender: a stream that has ended in both directions goes, or stays for what it retains.</summary>
    internal static void FinishIfOver(this LaneEngine engine, StreamCore stream)
    {
        if (engine.IsListener || stream.Dead || !stream.EndWritten || !stream.EndReceived)
        {
            return;
        }

        if (!stream.Answered)
        {
            stream.Answered = true;
            engine.Earn();
        }

        if (stream.RetainedBytes == 0)
        {
            stream.Dead = true;
            engine.Streams.Remove(stream);
        }
        else
        {
            engine.Streams.Linger(stream);
        }

        engine.CheckDrained();
        engine.Pool.Return(stream);
    }

    /// <summary>Whether body bytes or trailers of the peer may come on this stream now.</summary>
    internal static bool MayReceiveBody(this LaneEngine engine, StreamCore stream) => !stream.EndReceived && (stream.HeadPassed || !engine.IsListener);

    /// <summary>The peer's direction of the stream is over.</summary>
    internal static void ReceivedEnd(this LaneEngine engine, StreamCore stream, FieldList? trailers)
    {
        stream.EndReceived = true;
        stream.Deliver(new StreamEvent { Kind = StreamEventKind.End, Trailers = trailers });
        engine.Signal(stream, read: true, write: false);
        engine.FinishIfOver(stream);
    }

    /// <summary>The peer broke a rule of one stream: it is told, and the driver gets a fault.</summary>
    internal static void Break(this LaneEngine engine, StreamCore stream, ResetCode code, string text)
    {
        engine.Out.QueueControl(new ControlFrame(FrameType.Reset, stream.Id) { Stage = Stage.Link, Code = code, Text = text });
        engine.Kill(stream, new Fault(Stage.Link, code, text));
    }

    /// <summary>The stream is over before its driver, or its peer, has seen the end, or its driver has done with it: nobody may count on its body any more unless that is stored.</summary>
    private static void Forget(this LaneEngine engine, StreamCore stream)
    {
        engine.Streams.Remove(stream);
        engine.FreshWaits.Settled(stream);
        engine.Fresh.Forget(stream.Exchange);
    }

    /// <summary>Nothing more is written, and what still comes is dropped.</summary>
    private static void Bury(this LaneEngine engine, StreamCore stream)
    {
        stream.Dead = true;
        stream.DropOutput();
        engine.Out.Buried(stream);
        if (stream is { Id: > 0, EndReceived: false })
        {
            engine.Holdings.ExpectLate(stream.Window.Credit);
        }
    }
}
