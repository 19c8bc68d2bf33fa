using System.Net;
using System.Net.Sockets;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Transport;

/// <summary>
/// All links of this process: it accepts lanes, dials lanes and keeps them dialled, and finds a link by the name under which its peer is trusted. Either role may do
/// either; only listeners open streams.
/// </summary>
internal sealed class LinkHub : ILaneOwner, IAsyncDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(250);

    private readonly IExchangeHandler? _handler;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Link> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<Lane, Task> _running = [];
    private readonly Dictionary<Fingerprint, LinkHandles> _handles = [];
    private readonly List<Task> _loops = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _ticker;
    private readonly IDisposable _watch;
    private readonly LaneMaker _maker;
    private readonly Func<LinkSenderExchange, Task> _answer;
    private int _ticking;

    /// <summary>Makes a hub without lanes.</summary>
    /// <param name="options">How.</param>
    /// <param name="handler">Sender: what answers; null on a listener.</param>
    /// <param name="observer">Who hears of lanes.</param>
    public LinkHub(LinkHubOptions options, IExchangeHandler? handler, ILinkObserver observer)
    {
        Options = options;
        Observer = observer;
        _handler = handler;
        _answer = AnswerAsync;
        _maker = new LaneMaker(this, new SteadyClock(options.Time));
        _ticker = options.Time.CreateTimer(_ => Tick(), null, TickPeriod, TickPeriod);
        options.Peers.Changed += OnPeersChanged;
        _watch = options.Peers.Watch(options.Time, TimeSpan.FromSeconds(1));
    }

    /// <summary>How the hub was made.</summary>
    public LinkHubOptions Options { get; }

    /// <summary>Who hears of lanes.</summary>
    public ILinkObserver Observer { get; }

    /// <summary>All links that had a lane since the start, in the order of their names.</summary>
    public IReadOnlyList<Link> Links
    {
        get
        {
            lock (_lock)
            {
                return [.. _links.Values.OrderBy(link => link.PeerName, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The link with the peer trusted under that name, or null if it never had a lane.</summary>
    public Link? Find(string peerName)
    {
        lock (_lock)
        {
            return _links.GetValueOrDefault(peerName);
        }
    }

    /// <summary>Accepts lanes on <paramref name="endpoint"/> from now on; returns the endpoint bound (the port, where 0 was asked for).</summary>
    /// <exception cref="SocketException">The endpoint can't be bound.</exception>
    public IPEndPoint Listen(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(endpoint);
            socket.Listen(512);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Start(() => new AcceptLoop(this, _maker, socket).RunAsync(_stopping.Token));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Keeps lanes dialled to <paramref name="host"/> from now on.</summary>
    public void Dial(string host, int port)
    {
        for (int i = 0; i < Options.Lanes; i++)
        {
            int seed = Options.Seed + i;
            Start(() => new DialLoop(this, _maker, host, port, seed).RunAsync(_stopping.Token));
        }
    }

    /// <summary>No new lanes and streams; waits up to <paramref name="grace"/> for open streams to finish, then ends what is left.</summary>
    public async Task DrainAsync(TimeSpan grace)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Task[] running = Running(engine => engine.Drain($"the {Options.Role.ToString().ToLowerInvariant()} is leaving"));
        try
        {
            await Task.WhenAll(running).WaitAsync(grace, Options.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await Task.WhenAll(Running(engine => engine.Fail(LaneCode.Leaving, "the grace for open streams is over"))).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DrainAsync(TimeSpan.Zero).ConfigureAwait(false);
        Task[] loops;
        lock (_lock)
        {
            loops = [.. _loops];
        }

        await Task.WhenAll(loops).ConfigureAwait(false);
        await _ticker.DisposeAsync().ConfigureAwait(false);
        _watch.Dispose();
        Options.Peers.Changed -= OnPeersChanged;
        _stopping.Dispose();
    }

    void ILaneOwner.LaneOpened(Lane lane)
    {
        // Trusted when hello was judged; if that has changed since, OnPeersChanged ends the lane.
        string name = Options.Peers.TryFind(lane.Fingerprint, out TrustedPeer? peer) ? peer.Name : "unknown";
        lane.PeerName = name;
        lock (_lock)
        {
            if (!_links.TryGetValue(name, out Link? link) || link.Fingerprint != lane.Fingerprint)
            {
                _links[name] = link = new Link(name, lane.Fingerprint, Options);
            }

            link.Add(lane);
        }

        Observer.LaneUp(_maker.Report(lane, "the lane is open", null));
    }

    void ILaneOwner.StreamAccepted(Lane lane, StreamCore stream)
    {
        ThreadPool.UnsafeQueueUserWorkItem(new LinkSenderExchange(lane, stream, _answer), preferLocal: false);
    }

    /// <summary>How many lanes the peer with this key has.</summary>
    internal int CountLanes(Fingerprint fingerprint)
    {
        lock (_lock)
        {
            return _running.Keys.Count(lane => lane.Fingerprint == fingerprint);
        }
    }

    /// <summary>The handles of the link with the peer that has this key. Kept as long as the process: there are no more than peers that were trusted.</summary>
    internal LinkHandles HandlesOf(Fingerprint fingerprint)
    {
        lock (_lock)
        {
            return _handles.TryGetValue(fingerprint, out LinkHandles? present) ? present : _handles[fingerprint] = new LinkHandles();
        }
    }

    /// <summary>Carries a lane until it has ended, and tells of it.</summary>
    internal async Task<LaneEnd> CarryAsync(Lane lane)
    {
        Task<LaneEnd> run = lane.RunAsync();
        lock (_lock)
        {
            _running[lane] = run;
        }

        if (_stopping.IsCancellationRequested)
        {
            Apply(lane, engine => engine.Drain("this side is leaving"));
        }

        LaneEnd end = await run.ConfigureAwait(false);
        _maker.Over(lane);
        Link? link;
        lock (_lock)
        {
            _running.Remove(lane);
            link = _links.Values.FirstOrDefault(candidate => candidate.Lanes.Contains(lane));
        }

        link?.Remove(lane, end.Text);
        if (lane.OpenedAt != 0)
        {
            Observer.LaneDown(_maker.Report(lane, end.Text, null));
        }
        else
        {
            _maker.ReportRefusal(lane, end);
        }

        return end;
    }

    private async Task AnswerAsync(LinkSenderExchange exchange)
    {
        try
        {
            await _handler!.HandleAsync(exchange).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // A fault of one exchange is that exchange's alone.
            exchange.Abort(Stage.Sender, ResetCode.Internal, $"the sender failed: {e.GetType().Name}");
        }
        finally
        {
            exchange.Finish();
        }
    }

    private void Start(Func<Task> loop)
    {
        lock (_lock)
        {
            _loops.Add(Task.Run(loop));
        }
    }

    // Lanes that have much to do must not make the next tick run into this one.
    private void Tick()
    {
        if (Interlocked.Exchange(ref _ticking, 1) != 0)
        {
            return;
        }

        try
        {
            TickLanes();
        }
        finally
        {
            Volatile.Write(ref _ticking, 0);
        }
    }

    private void TickLanes()
    {
        Lane[] lanes;
        lock (_lock)
        {
            lanes = [.. _running.Keys];
        }

        foreach (Lane lane in lanes)
        {
            lane.Tick();
        }
    }

    private Task[] Running(Action<LaneEngine> act)
    {
        KeyValuePair<Lane, Task>[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        foreach (KeyValuePair<Lane, Task> entry in running)
        {
            Apply(entry.Key, act);
        }

        return Array.ConvertAll(running, entry => entry.Value);
    }

    private static void Apply(Lane lane, Action<LaneEngine> act)
    {
        lock (lane.Gate)
        {
            act(lane.Engine);
        }

        lane.Wake();
    }

    private void OnPeersChanged(TrustedPeersChange change)
    {
        foreach (TrustedPeer removed in change.Removed)
        {
            Lane[] lanes;
            lock (_lock)
            {
                lanes = [.. _running.Keys.Where(lane => lane.Fingerprint == removed.Fingerprint)];
            }

            foreach (Lane lane in lanes)
            {
                Apply(lane, engine => engine.Fail(LaneCode.UnknownPeer, $"{removed.Name} is not trusted any more"));
            }
        }
    }
}
