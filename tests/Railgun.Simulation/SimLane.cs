using Railgun.Protocol.Engine;

namespace Railgun.Simulation;

/// <summary>A connection with an engine on each end.</summary>
internal sealed class SimLane
{
    private readonly World _world;
    private readonly SimWire _up;
    private readonly SimWire _down;
    private readonly long _lent;

    public SimLane(World world)
    {
        _world = world;
        _up = new SimWire(world.Random, world.Faults);
        _down = new SimWire(world.Random, world.Faults);
        bool listenerDials = world.Random.Next(2) == 0;
        Listener = new LaneEngine(world.Options(LinkRole.Listener, listenerDials), world.Now);
        Sender = new LaneEngine(world.Options(LinkRole.Sender, !listenerDials), world.Now);

        // As the daemons do: what a lane may hold is lent, and given back when it is over.
        _lent = world.Memory.LendWindow(world.LaneWindow) + world.Memory.LendWindow(world.LaneWindow);
    }

    public LaneEngine Listener { get; }

    public LaneEngine Sender { get; }

    /// <summary>Whether faults were still happening when it was made.</summary>
    public bool BegunFaulty { get; set; }

    /// <summary>Both ends know that it is over, and nothing is left to read from it.</summary>
    public bool Gone => Listener.State == LaneState.Closed && Sender.State == LaneState.Closed;

    /// <summary>Nothing is under way.</summary>
    public bool Quiet => _up.Pending == 0 && _down.Pending == 0 && !Listener.HasOutput && !Sender.HasOutput;

    /// <summary>Lets faults happen and bytes move.</summary>
    public void Step()
    {
        if (_world.Faulty)
        {
            Misfortune();
        }

        Write(Listener, _up, down: false);
        Write(Sender, _down, down: true);
        Read(_up, Sender);
        Read(_down, Listener);
        Listener.Tick(_world.Now);
        Sender.Tick(_world.Now);
        Closing(Listener, Sender, _up);
        Closing(Sender, Listener, _down);
        if (_world.Random.Next(4) == 0)
        {
            _world.Coverage.SawStates(Listener);
            _world.Coverage.SawStates(Sender);
        }
    }

    public void Cut()
    {
        _world.Coverage.Saw("cut");
        Sender.Receive(_up.Cut(), _world.Now);
        Listener.Receive(_down.Cut(), _world.Now);
        Listener.Disconnected("cut");
        Sender.Disconnected("cut");
    }

    public void Dispose()
    {
        Listener.Dispose();
        Sender.Dispose();
        if (_world.Planted != PlantedFault.KeepMemory)
        {
            _world.Memory.Return(_lent);
        }
    }

    private void Misfortune()
    {
        Random random = _world.Random;
        if (random.NextDouble() < _world.Faults.Cuts)
        {
            Cut();
        }

        if (random.NextDouble() < _world.Faults.HalfCloses)
        {
            (random.Next(2) == 0 ? _up : _down).HalfClose();
            _world.Coverage.Saw("half-close");
        }

        if (random.NextDouble() < _world.Faults.Stalls)
        {
            (random.Next(2) == 0 ? _up : _down).Stall(_world.Now + TimeSpan.FromMilliseconds(random.Next(20, 3000)).Ticks);
            _world.Coverage.Saw("stall");
        }

        if (random.NextDouble() < _world.Faults.Drains)
        {
            (random.Next(2) == 0 ? Listener : Sender).Drain("leaving");
            _world.Coverage.Saw("drain");
        }
    }

    private void Write(LaneEngine engine, SimWire wire, bool down)
    {
        // A line takes only so much at a time: what waits in the engine is what scheduling is about.
        for (int i = 0; i < 4 && wire.Pending < 64 * 1024; i++)
        {
            ReadOnlyMemory<byte> bytes = engine.Pull(_world.Now);
            if (bytes.IsEmpty)
            {
                return;
            }

            _world.Coverage.SawFrames(down, bytes.Span);
            wire.Send(bytes.Span, _world.Now);
        }
    }

    private void Read(SimWire wire, LaneEngine engine)
    {
        ReadOnlySpan<byte> bytes = wire.Receive(_world.Now);
        if (!bytes.IsEmpty)
        {
            engine.Receive(bytes, _world.Now);
        }
    }

    /// <summary>An engine that has closed and said all it had to say closes its connection; the other sees that after the bytes before it.</summary>
    private static void Closing(LaneEngine engine, LaneEngine other, SimWire wire)
    {
        if ((wire.HalfClosed || (engine.State == LaneState.Closed && !engine.HasOutput)) && wire.Pending == 0)
        {
            other.Disconnected("the peer closed the connection");
        }
    }
}
