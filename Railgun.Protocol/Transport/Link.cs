using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Transport;

/// <summary>All lanes between this process and one peer. Lives as long as the process, lanes come and go.</summary>
internal sealed class Link
{
    private const int MaxLanes = 64;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly LinkHubOptions _options;
    private readonly LinkEngine _engine;
    private readonly SteadyClock _clock;
    private readonly Lock _lock = new();
    private readonly BulkPages _bulk = new();
    private TaskCompletionSource _laneCame = NewSignal();
    private Lane[] _lanes = [];
    private long _pastReceived;
    private long _pastSent;
    private string? _lastDown;

    /// <summary>Makes a link without lanes.</summary>
    public Link(string peerName, Fingerprint fingerprint, LinkHubOptions options)
    {
        PeerName = peerName;
        Fingerprint = fingerprint;
        _options = options;
        _engine = new LinkEngine(options.WaitForLane, options.MaxWaiting);
        _clock = new SteadyClock(options.Time);
    }

    /// <summary>The name under which the peer is trusted.</summary>
    public string PeerName { get; }

    /// <summary>The peer's key.</summary>
    public Fingerprint Fingerprint { get; }

    /// <summary>Whether there is an open lane.</summary>
    public bool IsUp => _lanes.Length > 0;

    /// <summary>The lanes that are open.</summary>
    public IReadOnlyList<Lane> Lanes => _lanes;

    /// <summary>The store epoch of the peer's last lane; 0 before the first.</summary>
    public ulong PeerEpoch { get; private set; }

    /// <summary>
    /// Listener: opens an exchange. Waits a little for a lane if there is none. The versions offered must stay pinned until the response's head has come.
    /// </summary>
    /// <exception cref="LinkUnavailableException">No lane could take it in time, too many wait already, or the head can't cross the link.</exception>
    public ValueTask<ListenerExchange> OpenAsync(RequestHead head, bool hasBody, IReadOnlyList<VersionName> offers, CancellationToken cancellation) =>
        OpenAsync(head, hasBody, offers, signer: null, cancellation);

    /// <summary>Likewise, with somebody who makes the signature of an offer where the sender may not hold it.</summary>
    public async ValueTask<ListenerExchange> OpenAsync(
        RequestHead head, bool hasBody, IReadOnlyList<VersionName> offers, IOfferSigner? signer, CancellationToken cancellation)
    {
        if (HeadCheck.Problem(head) is { } problem)
        {
            ResetCode code = HeadCheck.IsTooLarge(head) ? ResetCode.LimitExceeded : ResetCode.Refused;
            throw new LinkUnavailableException(new Fault(Stage.Client, code, problem, RequestUnsent: true));
        }

        ExchangePlacement placement;
        lock (_lock)
        {
            placement = _engine.Begin(_bulk.IsExpected(head));
        }

        var exchange = new LinkListenerExchange(this, placement, head, hasBody, offers.Count == 0 ? [] : [.. offers], signer);
        await PlaceAsync(exchange, cancellation).ConfigureAwait(false);
        return exchange;
    }

    /// <summary>What there is to say of the link now.</summary>
    public LinkSnapshot Snapshot()
    {
        Lane[] lanes = _lanes;
        long received = Interlocked.Read(ref _pastReceived);
        long sent = Interlocked.Read(ref _pastSent);
        var snapshots = new List<LaneSnapshot>(lanes.Length);
        foreach (Lane lane in lanes)
        {
            (long laneReceived, long laneSent) = lane.Bytes;
            received += laneReceived;
            sent += laneSent;
            lock (lane.Gate)
            {
                snapshots.Add(new LaneSnapshot(
                    lane.Remote?.ToString() ?? "", TimeSpan.FromTicks(lane.Now - lane.OpenedAt), lane.Engine.RoundTrip, laneReceived, laneSent,
                    lane.Engine.OpenStreams, lane.Engine.RetainedBytes, lane.Engine.Peer?.Software ?? "",
                    lane.Engine.Rate.BytesPerSecond, lane.Engine.Credit.Lane.Size, lane.CongestionControl));
            }
        }

        return new LinkSnapshot(PeerName, Fingerprint, snapshots, received, sent, _lastDown);
    }

    /// <summary>Puts an exchange on a lane, at first or again.</summary>
    internal async ValueTask PlaceAsync(LinkListenerExchange exchange, CancellationToken cancellation)
    {
        try
        {
            while (!TryPlace(exchange, out long until))
            {
                await WaitAsync(until, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            if (exchange.Placement.IsWaiting)
            {
                lock (_lock)
                {
                    _engine.Leave(exchange.Placement);
                }
            }
        }
    }

    /// <summary>An exchange is over: what it took tells what the next one for the same target may take.</summary>
    internal void Over(RequestHead head, long bytes) => _bulk.Took(head, bytes);

    /// <summary>A lane is open.</summary>
    internal void Add(Lane lane)
    {
        lock (_lock)
        {
            _lanes = [.. _lanes, lane];
            PeerEpoch = lane.Engine.Peer!.Epoch;
            _laneCame.TrySetResult();
            _laneCame = NewSignal();
        }
    }

    /// <summary>An open lane has ended.</summary>
    internal void Remove(Lane lane, string cause)
    {
        lock (_lock)
        {
            (long received, long sent) = lane.Bytes;
            Interlocked.Add(ref _pastReceived, received);
            Interlocked.Add(ref _pastSent, sent);
            _lanes = Array.FindAll(_lanes, other => other != lane);
            _lastDown = cause;
        }
    }

    private bool TryPlace(LinkListenerExchange exchange, out long until)
    {
        Lane[] lanes = _lanes;
        Span<LaneLoad> loads = stackalloc LaneLoad[Math.Min(lanes.Length, MaxLanes)];
        for (int i = 0; i < loads.Length; i++)
        {
            lock (lanes[i].Gate)
            {
                LaneEngine engine = lanes[i].Engine;
                loads[i] = new LaneLoad(engine.CanOpen, engine.IsBusy, engine.IsDoubtful, engine.OpenStreams);
            }
        }

        PlacementStep step;
        lock (_lock)
        {
            step = _engine.Place(exchange.Placement, loads, _clock.Now);
        }

        until = step.Until;
        if (step.Fault is { } fault)
        {
            throw new LinkUnavailableException(fault with { Reason = $"{PeerName}: {fault.Reason}" });
        }

        return step.Lane >= 0 && exchange.TryOpen(lanes[step.Lane]);
    }

    private async Task WaitAsync(long until, CancellationToken cancellation)
    {
        // A lane that is full, or has just filled up, opens up without a new one coming: look again now and then.
        long left = Math.Clamp(until - _clock.Now, TimeSpan.TicksPerMillisecond, LookAgain.Ticks);
        try
        {
            await _laneCame.Task.WaitAsync(TimeSpan.FromTicks(left), _options.Time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The engine looks at the clock.
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
