using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Simulation;

/// <summary>
/// Both engines of one link under a schedule that one seed decides: faults first, then none any more, and everything must finish. The checkers look after each step and at the end.
/// </summary>
internal sealed class World
{
    private const int MaxSteps = 20_000;

    private readonly LinkEngine _link;
    private readonly List<SimLane> _lanes = [];
    private readonly List<HostilePeer> _hostiles = [];
    private readonly Dictionary<(int Page, int Version), byte[]> _bodies = [];
    private readonly LinkHandles _listenerHandles = new();
    private LinkHandles _senderHandles = new();
    private Guid _senderInstance = new(1, 0, 0, new byte[8]);
    private readonly List<SimExchange> _exchanges = [];
    private readonly List<(SimLane Lane, SimAnswer Answer)> _answers = [];
    private readonly Dictionary<ulong, int> _unsafeArrivals = [];
    private readonly Dictionary<VersionName, byte[]> _listenerStore = [];
    private readonly Dictionary<VersionName, byte[]> _senderStore = [];
    private readonly Dictionary<int, List<VersionName>> _pageVersions = [];
    private readonly Dictionary<int, HashSet<VersionName>> _everSent = [];
    private readonly int[] _sizes;
    private readonly int[] _versions = new int[4];
    private readonly int _laneCount;
    private readonly int _exchangeCount;
    private readonly int _atOnce;
    private long _nextLaneAt;

    public World(int seed, Coverage coverage, PlantedFault planted = PlantedFault.None)
    {
        Random = new Random(seed);
        Faults = new FaultProfile(Random);
        Coverage = coverage;
        Planted = planted;
        StreamWindow = Random.Next(2) == 0 ? Hello.MinWindow : 1 << Random.Next(15, 21);
        LaneWindow = Random.Next(2) == 0 ? 2 * Hello.MinWindow : 1 << Random.Next(16, 22);
        MaxStreams = Random.Next(3) == 0 ? Random.Next(1, 5) : 100;
        HeadTable = Random.Next(3) == 0 ? Random.Next(0, 600) : 4096;
        _link = new LinkEngine(Random.Next(3) == 0 ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(5), Random.Next(3) == 0 ? Random.Next(1, 4) : 100);
        _laneCount = Random.Next(1, 4);
        MaxFresh = Random.Next(2) == 0 ? Retention.MaxPerStream / 2 : Retention.MaxPerStream;
        Memory = new ReceiveMemory(Random.Next(2) == 0 ? 1 << 20 : 64 << 20, perLane: Random.Next(2) == 0 ? LaneWindow : 8 * LaneWindow);
        _exchangeCount = Random.Next(10, 40);
        _atOnce = Random.Next(1, 16);
        _sizes = [.. Enumerable.Range(0, 4).Select(_ => Random.Next(12) switch
        {
            0 => Random.Next(planted == PlantedFault.QueueWithoutRoom || Random.Next(3) == 0 ? Random.Next(2) == 0 ? Retention.MaxPerStream : 800_000 : 200_000),
            1 => 0,
            _ => Random.Next(6000),
        })];
    }

    public Random Random { get; }

    public FaultProfile Faults { get; }

    public Coverage Coverage { get; }

    public PlantedFault Planted { get; }

    public int StreamWindow { get; }

    public int LaneWindow { get; }

    public int MaxStreams { get; }

    public int HeadTable { get; }

    public int MaxFresh { get; }

    /// <summary>What both sides' windows grow from.</summary>
    public ReceiveMemory Memory { get; }

    public long Now { get; private set; }

    public bool Faulty { get; private set; } = true;

    /// <summary>Where the run tells what happens, or null: a replay tells it.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>Runs it all; throws what a checker finds.</summary>
    public void Run()
    {
        long buffersBefore = PayloadLedger.Count;
        int faultySteps = Random.Next(50, 600);
        int step = 0;
        for (; step < MaxSteps && !(Finished() && !Faulty); step++)
        {
            if (step == faultySteps)
            {
                Heal();
            }

            Step();
            if (step % 4 == 0)
            {
                Checkers.AfterStep(_lanes, _hostiles);
            }
        }

        if (step == MaxSteps)
        {
            throw new SimulationFailure("progress", "not finished: " + string.Join("; ", _exchanges.Where(e => !e.Over).Select(e => $"{e.Id} {e.Outcome}")));
        }

        Settle();
        Checkers.AtEnd(_lanes, _exchanges);
        Checkers.Link(_link);
        _lanes.ForEach(lane => lane.Dispose());
        _hostiles.ForEach(hostile => hostile.Dispose());
        Checkers.Memory(Memory);
        Checkers.Buffers(buffersBefore);
    }

    /// <summary>What the link's engine says of an exchange that is on no lane; <paramref name="lane"/> is where it may be opened.</summary>
    public PlacementStep Place(ExchangePlacement placement, out SimLane? lane)
    {
        Span<LaneLoad> loads = stackalloc LaneLoad[_lanes.Count];
        for (int i = 0; i < loads.Length; i++)
        {
            LaneEngine engine = _lanes[i].Listener;
            loads[i] = new LaneLoad(engine.CanOpen, engine.IsBusy, engine.IsDoubtful, engine.OpenStreams);
        }

        PlacementStep step = _link.Place(placement, loads, Now);
        lane = step.Lane < 0 ? null : _lanes[step.Lane];
        if ((lane is not null || step.Fault is not null) && Planted != PlantedFault.KeepWaiting)
        {
            _link.Leave(placement);
        }

        return step;
    }

    public VersionName[] FindOffers(int page)
    {
        Forget(_listenerStore);
        VersionName[] known = [.. _pageVersions.GetValueOrDefault(page, []).Where(_listenerStore.ContainsKey).Reverse().Take(2)];
        return known;
    }

    public byte[] ListenerBody(VersionName name) => _listenerStore[name];

    public bool ListenerHolds(VersionName name) => _listenerStore.ContainsKey(name);

    /// <summary>A page as the engine knows it.</summary>
    public static VersionUse Use(int page) => new(new PageKey(1, (ulong)page), default, Principal.Anonymous, Sharing.Public);

    public byte[]? SenderBody(VersionName name)
    {
        Forget(_senderStore);
        return _senderStore.GetValueOrDefault(name);
    }

    public void ListenerStores(int page, VersionName name, byte[] body)
    {
        _listenerStore[name] = body;
        List<VersionName> names = _pageVersions.TryGetValue(page, out List<VersionName>? present) ? present : _pageVersions[page] = [];
        names.Remove(name);
        names.Add(name);
    }

    public void SenderStores(VersionName name, byte[] body) => _senderStore[name] = body;

    /// <summary>The part of the base that stands for a segment of the target: the same place, as far as the base goes.</summary>
    public ReadOnlySpan<byte> SegmentBasis(byte[] basis, int offset, int length) =>
        offset >= basis.Length ? default : basis.AsSpan(offset, Math.Min(length, basis.Length - offset));

    public byte[] NextBody(int page)
    {
        int version = _versions[page] += Random.Next(2);
        if (!_bodies.TryGetValue((page, version), out byte[]? body))
        {
            _bodies[(page, version)] = body = Bodies.Of(page, version, _sizes[page]);
            (_everSent.TryGetValue(page, out HashSet<VersionName>? names) ? names : _everSent[page] = []).Add(VersionName.Of(body));
        }

        return body;
    }

    /// <summary>What a body is called on one side: sometimes the sides disagree.</summary>
    public VersionName? Believed(VersionName name)
    {
        if (Planted != PlantedFault.TrustHandles && (!Faulty || Random.NextDouble() >= Faults.Disagreements))
        {
            return name;
        }

        Coverage.Saw("disagreement");
        return _senderStore.Count == 0 || Random.Next(2) == 0 ? null : _senderStore.Keys.ElementAt(Random.Next(_senderStore.Count));
    }

    /// <summary>What an engine begins with.</summary>
    public LaneEngineOptions Options(LinkRole role, bool dials)
    {
        bool listener = role == LinkRole.Listener;
        return new LaneEngineOptions
        {
            Dialled = dials,
            Handles = listener ? _listenerHandles : _senderHandles,
            Memory = Memory,
            MaxFresh = MaxFresh,
            Hello = new Hello
            {
                Role = role,
                Instance = listener ? new Guid(2, 0, 0, new byte[8]) : _senderInstance,
                Epoch = 1,
                StreamWindow = StreamWindow,
                LaneWindow = LaneWindow,
                MaxStreams = MaxStreams,
                HeadTable = HeadTable,
                Codecs = 0b11111 | CodecKinds.Fresh,
            },
        };
    }

    public bool IsBodyOf(int page, byte[] body) => _everSent.TryGetValue(page, out HashSet<VersionName>? names) && names.Contains(VersionName.Of(body));

    public static byte[] UploadBody(ulong id, int size)
    {
        byte[] body = new byte[size];
        new Random((int)id).NextBytes(body);
        return body;
    }

    public void CheckUpload(ulong id, bool isUnsafe, byte[] upload)
    {
        if (!upload.AsSpan().SequenceEqual(UploadBody(id, upload.Length)))
        {
            throw new SimulationFailure("uploads", $"exchange {id}: the origin got another body than the client sent");
        }

        if (isUnsafe && (_unsafeArrivals[id] = _unsafeArrivals.GetValueOrDefault(id) + 1) > 1)
        {
            throw new SimulationFailure("once", $"the unsafe request of exchange {id} reached the origin twice");
        }
    }

    private bool Finished() => _exchanges.Count == _exchangeCount && _exchanges.TrueForAll(exchange => exchange.Over);

    private void Heal()
    {
        Faulty = false;
        Checkers.Healed(_lanes, _exchanges);
    }

    private void Step()
    {
        bool jump = Faulty && Random.NextDouble() < Faults.Jumps;
        Now += jump ? TimeSpan.FromSeconds(Random.Next(1, 15)).Ticks : TimeSpan.FromMicroseconds(Random.Next(50, 20_000)).Ticks;
        MaintainLanes();
        if (Faulty && Random.NextDouble() < Faults.Restarts)
        {
            RestartSender();
        }

        foreach (HostilePeer hostile in _hostiles.Where(hostile => hostile.Engine.State != LaneState.Closed))
        {
            hostile.Step();
        }

        if (_exchanges.Count < _exchangeCount && _exchanges.Count(exchange => !exchange.Over) < _atOnce && (!Faulty || Random.Next(4) == 0))
        {
            _exchanges.Add(new SimExchange(this, _link.Begin()));
        }

        foreach (SimLane lane in _lanes)
        {
            lane.Step();
            Signals(lane.Listener);
            Signals(lane.Sender);
            while (lane.Sender.TryAccept(out StreamCore? stream))
            {
                _answers.Add((lane, new SimAnswer(this, lane.Sender, stream!)));
            }
        }

        _exchanges.Where(exchange => !exchange.Over).ToList().ForEach(exchange => exchange.Step());
        _answers.ForEach(answer => answer.Answer.Step());
        foreach ((_, SimAnswer answer) in _answers.Where(answer => answer.Answer.Over))
        {
            answer.Done();
        }

        _answers.RemoveAll(answer => answer.Answer.Over);
    }

    /// <summary>The drivers here look at every step; the signals are taken so that their bookkeeping is exercised.</summary>
    private static void Signals(LaneEngine engine)
    {
        while (engine.TryTakeSignal(out _, out _, out _))
        {
        }
    }

    private void MaintainLanes()
    {
        foreach (SimLane gone in _lanes.Where(lane => lane.Gone).ToList())
        {
            gone.Dispose();
            _lanes.Remove(gone);
            _answers.RemoveAll(answer => answer.Lane == gone);
            _nextLaneAt = Now + TimeSpan.FromMilliseconds(Random.Next(1, 1500)).Ticks;
        }

        if (_lanes.Count < _laneCount && Now >= _nextLaneAt)
        {
            _lanes.Add(new SimLane(this));
        }

        if (Faulty && _hostiles.Count < Faults.Hostiles)
        {
            _hostiles.Add(new HostilePeer(this));
        }
    }

    /// <summary>The sender's process ends and another one begins: it knows no version, no handle, and has another instance.</summary>
    private void RestartSender()
    {
        Coverage.Saw("restart");
        _lanes.ForEach(lane => lane.Cut());
        _senderStore.Clear();
        _senderHandles = new LinkHandles();
        _senderInstance = new Guid(Random.Next(3, int.MaxValue), 0, 0, new byte[8]);
    }

    private void Forget(Dictionary<VersionName, byte[]> store)
    {
        if (Faulty && store.Count > 0 && Random.NextDouble() < Faults.Evictions)
        {
            // What an exchange under way was offered stays pinned on the listener; here only what nobody waits for goes.
            VersionName victim = store.Keys.ElementAt(Random.Next(store.Count));
            if (store == _senderStore || _exchanges.TrueForAll(exchange => exchange.Over))
            {
                store.Remove(victim);
                Coverage.Saw("eviction");
            }
        }
    }

    /// <summary>Lets what is under way arrive, so that both ends can be compared.</summary>
    private void Settle()
    {
        for (int i = 0; i < 2000 && !(i > 100 && _lanes.TrueForAll(lane => lane.Quiet)); i++)
        {
            Step();
        }
    }
}
