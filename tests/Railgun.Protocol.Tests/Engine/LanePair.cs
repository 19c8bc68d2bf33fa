using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>A listener's and a sender's engine whose bytes pass from one to the other in memory. The sender has dialled.</summary>
internal sealed class LanePair : IDisposable
{
    public LanePair(Hello? listener = null, Hello? sender = null, bool open = true, int padTo = 0)
    {
        Listener = new LaneEngine(new LaneEngineOptions { Hello = listener ?? Lanes.Hello(LinkRole.Listener), Dialled = false, PadTo = padTo }, Now);
        Sender = new LaneEngine(new LaneEngineOptions { Hello = sender ?? Lanes.Hello(LinkRole.Sender), Dialled = true, PadTo = padTo }, Now);
        if (open)
        {
            Pump();
            Assert.That((Listener.State, Sender.State), Is.EqualTo((LaneState.Open, LaneState.Open)));
        }
    }

    private ulong _exchange;

    public LaneEngine Listener { get; }

    public LaneEngine Sender { get; }

    /// <summary>Ticks of 100 ns.</summary>
    public long Now { get; set; } = 1_000_000;

    /// <summary>All bytes that went from the listener to the sender.</summary>
    public List<byte> Up { get; } = [];

    /// <summary>All bytes that went from the sender to the listener.</summary>
    public List<byte> Down { get; } = [];

    /// <summary>Moves bytes both ways until both sides are quiet.</summary>
    public void Pump()
    {
        while (PumpUp() | PumpDown())
        {
        }
    }

    /// <summary>Moves what the listener has to say.</summary>
    public bool PumpUp() => Move(Listener, Sender, Up);

    /// <summary>Moves what the sender has to say.</summary>
    public bool PumpDown() => Move(Sender, Listener, Down);

    /// <summary>Lets time pass on both sides, then moves bytes.</summary>
    public void Wait(TimeSpan time)
    {
        Now += time.Ticks;
        Listener.Tick(Now);
        Sender.Tick(Now);
        Pump();
    }

    /// <summary>A stream as the listener and as the sender has it.</summary>
    public (StreamCore Listener, StreamCore Sender) Open(bool end = true, VersionName[]? offers = null, string target = "/")
    {
        StreamCore? opened = Listener.Open(Lanes.Get(target), ++_exchange, offers ?? [], end);
        Assert.That(opened, Is.Not.Null);
        Pump();
        Assert.That(Sender.TryAccept(out StreamCore? accepted), Is.True);
        return (opened!, accepted!);
    }

    /// <summary>An open stream whose response has begun with a coded body against one offered version.</summary>
    public (StreamCore Listener, StreamCore Sender) OpenDelta(bool endRequest = true)
    {
        var (listener, sender) = Open(endRequest, [VersionName.Of("base"u8)]);
        Sender.SendHead(sender, Lanes.Response(), new BodyCoding(Codec.Delta, 0, -1, Kept: true));
        Sender.Flush(sender);
        Pump();
        Assert.That(Next(listener).Kind, Is.EqualTo(StreamEventKind.Head));
        return (listener, sender);
    }

    /// <summary>The next event of a stream, which must be there.</summary>
    public static StreamEvent Next(StreamCore stream)
    {
        Assert.That(stream.TryTake(out StreamEvent next), Is.True, "no event has come");
        return next;
    }

    /// <summary>The kinds of all events that have come; data is given back at once.</summary>
    public static List<StreamEventKind> Kinds(LaneEngine engine, StreamCore stream)
    {
        List<StreamEventKind> kinds = [];
        while (stream.TryTake(out StreamEvent next))
        {
            kinds.Add(next.Kind);
            next.Data.Dispose();
            engine.Consumed(stream, next.Credit);
        }

        return kinds;
    }

    /// <summary>All body bytes that have come, given back at once.</summary>
    public static byte[] Body(LaneEngine engine, StreamCore stream)
    {
        List<byte> body = [];
        while (stream.TryTake(out StreamEvent next))
        {
            body.AddRange(next.Data.Span);
            next.Data.Dispose();
            engine.Consumed(stream, next.Credit);
        }

        return [.. body];
    }

    public void Dispose()
    {
        Listener.Dispose();
        Sender.Dispose();
    }

    private bool Move(LaneEngine from, LaneEngine to, List<byte> record)
    {
        bool moved = false;
        while (from.HasOutput)
        {
            ReadOnlyMemory<byte> bytes = from.Pull(Now);
            if (bytes.IsEmpty)
            {
                break;
            }

            moved = true;
            record.AddRange(bytes.Span);
            to.Receive(bytes.Span, Now);
        }

        return moved;
    }
}
