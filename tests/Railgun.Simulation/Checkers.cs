using Railgun.Protocol.Engine;

namespace Railgun.Simulation;

/// <summary>What must hold whatever happens.</summary>
internal static class Checkers
{
    /// <summary>Memory: what engines hold is within their limits.</summary>
    public static void AfterStep(List<SimLane> lanes, List<HostilePeer> hostiles)
    {
        foreach (HostilePeer hostile in hostiles)
        {
            Holdings(hostile.Engine);
            Queues(hostile.Engine);
        }

        foreach (SimLane lane in lanes)
        {
            if (lane.Sender.RetainedBytes > StreamTable.MaxRetained)
            {
                throw new SimulationFailure("memory", $"{lane.Sender.RetainedBytes} bytes are retained");
            }

            Reservations(lane.Sender);
            if (lane.Sender.Streams.SignatureBytes is < 0 or > Limits.MaxLaneSignatures)
            {
                throw new SimulationFailure("memory", $"{lane.Sender.Streams.SignatureBytes} bytes of signatures are kept");
            }

            Queues(lane.Listener);
            Queues(lane.Sender);
            Holdings(lane.Listener);
            Holdings(lane.Sender);
        }

        if (PayloadLedger.Bytes > 64L << 20)
        {
            throw new SimulationFailure("memory", $"{PayloadLedger.Bytes} bytes are in buffers");
        }
    }

    /// <summary>From here on nothing goes wrong any more: what begins now must succeed.</summary>
    public static void Healed(List<SimLane> lanes, List<SimExchange> exchanges)
    {
        foreach (SimLane lane in lanes)
        {
            lane.BegunFaulty = true;
        }

        foreach (SimExchange exchange in exchanges)
        {
            exchange.BegunFaulty = true;
        }
    }

    /// <summary>Endings and credit, when nothing is under way any more.</summary>
    public static void AtEnd(List<SimLane> lanes, List<SimExchange> exchanges)
    {
        foreach (SimExchange exchange in exchanges)
        {
            // A lane from before may still die of the silence that it had then.
            // An impatient link, or one whose waiting room is small, may say that there is no lane: that is its answer, not a loss.
            if (!exchange.Succeeded && !exchange.BegunFaulty && !exchange.LostOldLane && !exchange.FoundNoLane)
            {
                throw new SimulationFailure("success", $"exchange {exchange.Id} failed though all was well: {exchange.Outcome}");
            }
        }

        foreach (SimLane lane in lanes.Where(lane => lane.Listener.State == LaneState.Open && lane.Sender.State == LaneState.Open))
        {
            Credit("down", lane.Listener, lane.Sender);
            Credit("up", lane.Sender, lane.Listener);
            if (lane.Listener.OpenStreams != 0 || lane.Sender.OpenStreams != 0)
            {
                throw new SimulationFailure("streams", $"{lane.Listener.OpenStreams} and {lane.Sender.OpenStreams} streams are still open");
            }

            if (lane.Sender.Streams.SignatureBytes != 0)
            {
                throw new SimulationFailure("memory", $"{lane.Sender.Streams.SignatureBytes} bytes of signatures are left");
            }
        }
    }

    /// <summary>A stream object is not used again while somebody drives the stream that it is.</summary>
    public static void Driven(StreamCore stream, ulong exchange)
    {
        if (stream.Exchange != exchange || stream.DriverGone)
        {
            throw new SimulationFailure("pool", $"the stream of exchange {exchange} has become that of {stream.Exchange}");
        }
    }

    /// <summary>Nobody is left in the waiting room.</summary>
    public static void Link(LinkEngine link)
    {
        if (link.Waiting != 0)
        {
            throw new SimulationFailure("waiting", $"{link.Waiting} exchanges are counted as waiting though all are over");
        }
    }

    /// <summary>Every payload buffer was given back.</summary>
    public static void Buffers(long before)
    {
        if (PayloadLedger.Count != before)
        {
            throw new SimulationFailure("buffers", $"{PayloadLedger.Count - before} buffers were not given back");
        }
    }

    /// <summary>Every window's memory was given back.</summary>
    public static void Memory(ReceiveMemory memory)
    {
        if (memory.Lent != 0)
        {
            throw new SimulationFailure("lent", $"{memory.Lent} bytes of windows were not given back");
        }
    }

    private static void Holdings(LaneEngine engine)
    {
        ref ReceiveWindow window = ref engine.Credit.Lane;
        if (engine.Holdings.Events > LaneHoldings.MaxEvents + 1 || window.Size > Math.Max(engine.Options.Hello.LaneWindow, engine.Options.Memory.PerLane) || window.Held > window.Size)
        {
            throw new SimulationFailure("memory", $"{engine.Holdings.Events} events wait, {window.Held} bytes of a window of {window.Size} are held");
        }

        if (engine.State == LaneState.Closed && engine.Holdings.Queued != 0)
        {
            throw new SimulationFailure("memory", $"{engine.Holdings.Queued} bytes are queued on a lane that is over");
        }
    }

    private static void Reservations(LaneEngine engine)
    {
        long reserved = 0;
        foreach (StreamCore stream in engine.Streams.All())
        {
            reserved += stream.Reserved;
            if (stream.Reserved > 0 && stream.Retained.Start > 0)
            {
                throw new SimulationFailure("retention", $"stream {stream.Id} has let go of {stream.Retained.Start} bytes that nobody has proved");
            }
        }

        if (reserved != engine.Streams.ReservedBytes || reserved > StreamTable.MaxReserved)
        {
            throw new SimulationFailure("memory", $"{engine.Streams.ReservedBytes} bytes are set aside, {reserved} by streams");
        }
    }

    private static void Queues(LaneEngine engine)
    {
        foreach (StreamCore stream in engine.Streams.All())
        {
            // The last piece may go over the mark; a rest brings what was retained at once.
            int most = LaneOutbound.MaxQueuedPerStream + 32 * 1024 + (stream.SendsRest ? Retention.MaxPerStream : 0);
            if (stream.QueuedBytes > most)
            {
                throw new SimulationFailure("memory", $"stream {stream.Id} has {stream.QueuedBytes} bytes queued");
            }
        }
    }

    private static void Credit(string direction, LaneEngine receiver, LaneEngine writer)
    {
        ref ReceiveWindow window = ref receiver.Credit.Lane;
        if (window.Credit != writer.Out.SendCredit)
        {
            throw new SimulationFailure("credit", $"{direction}: the receiver thinks {window.Credit}, the writer {writer.Out.SendCredit}");
        }

        if (window.Held != 0)
        {
            throw new SimulationFailure("credit", $"{direction}: {window.Credit} + {window.ToReturn} is not the window of {window.Size}");
        }
    }
}
