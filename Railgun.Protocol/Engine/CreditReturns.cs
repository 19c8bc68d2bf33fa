using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Engine;

/// <summary>
/// Gives credit back to the peer as readers take what came, and lets windows grow: a lane's as far as the process has memory for it, a stream's up to half of its lane's, so that one
/// alone never holds up all others.
/// </summary>
internal sealed class CreditReturns
{
    // Where streams needed larger windows before, one gets such a window when so much of it was taken.
    private const int GrowAt = 32 * 1024;

    private const int RoundTrips = 2;

    private readonly LaneEngine _engine;
    private readonly int _firstWindow;
    private ReceiveWindow _lane;
    private long _streamWindow;

    /// <summary>Gives credit for <paramref name="engine"/>'s streams.</summary>
    public CreditReturns(LaneEngine engine)
    {
        _engine = engine;
        _firstWindow = engine.Options.Hello.LaneWindow;
        _lane = new ReceiveWindow(_firstWindow);
        _streamWindow = engine.Options.Hello.StreamWindow;
    }

    /// <summary>The account of the whole lane.</summary>
    public ref ReceiveWindow Lane => ref _lane;

    /// <summary>Data of a stream was taken, or dropped.</summary>
    public void Return(StreamCore stream, int credit)
    {
        ReturnToLane(credit);
        if (stream.Dead)
        {
            return;
        }

        // A body that has ended wants no credit, but a want for the rest may open it again: the account goes on.
        ref ReceiveWindow window = ref stream.Window;
        window.Taken(credit);
        bool small = window.Size < _streamWindow && window.ToReturn >= GrowAt;
        if (!stream.EndReceived && (small || window.IsDue(Share)))
        {
            Tell(stream);
        }
    }

    /// <summary>Data of a stream that is over was dropped.</summary>
    public void ReturnToLane(int credit)
    {
        // Readers go on behind the end of a lane; its window is given back by then, and nobody is there to be told.
        if (_engine.State == LaneState.Closed)
        {
            return;
        }

        _lane.Taken(credit);
        if (_lane.IsDue(Share))
        {
            TellLane();
        }
    }

    /// <summary>Frames are about to go out: credit for the lane goes with them earlier than it would go alone.</summary>
    public void RideAlong()
    {
        if (_lane.ToReturn >= _lane.Size / 8)
        {
            TellLane();
        }
    }

    /// <summary>Gives back the memory that the lane's window has grown by; the lane is over.</summary>
    public void ReturnMemory()
    {
        _engine.Options.Memory.Return(_lane.Size - _firstWindow);
        _lane = new ReceiveWindow(_firstWindow);
    }

    private long Share => LaneShare.Of(_lane.Credit, _lane.Size);

    private void Tell(StreamCore stream)
    {
        ref ReceiveWindow window = ref stream.Window;
        long wanted = Math.Max(window.Wanted(_engine.Now, _engine.KeepAlive.Shortest, RoundTrips, 0), _streamWindow - window.Size);
        long grown = Math.Min(wanted, (_lane.Size / 2) - window.Size);
        _engine.Out.QueueControl(new ControlFrame(FrameType.Window, stream.Id, (ulong)window.Tell()));
        if (grown > 0)
        {
            window.Grow(grown);
            _streamWindow = Math.Max(_streamWindow, window.Size);
            _engine.Out.QueueControl(new ControlFrame(FrameType.Window, stream.Id, (ulong)grown, Second: 1));
        }
    }

    // Beside what flows, the lane's window holds what slow readers have not taken, and the first window of a stream that is new.
    private void TellLane()
    {
        ReceiveMemory memory = _engine.Options.Memory;
        long beside = _lane.Held + _engine.Options.Hello.StreamWindow;
        long wanted = Math.Min(_lane.Wanted(_engine.Now, _engine.KeepAlive.Shortest, LaneShare.RoundTrips, beside), memory.PerLane - _lane.Size);
        _engine.Out.QueueControl(new ControlFrame(FrameType.LaneWindow, 0, (ulong)_lane.Tell()));
        long grown = wanted > 0 ? memory.Lend(wanted) : 0;
        if (grown > 0)
        {
            _lane.Grow(grown);
            _engine.Out.QueueControl(new ControlFrame(FrameType.LaneWindow, 0, (ulong)grown, Second: 1));
        }
    }
}
