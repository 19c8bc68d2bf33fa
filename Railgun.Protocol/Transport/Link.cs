using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Transport;

/// <summary>All lanes between this process and one peer. Lives as long as the process, lanes come and go.</summary>
internal sealed class Link
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly LinkHubOptions _options;
    private readonly Lock _lock = new();
    private TaskCompletionSource _laneCame = NewSignal();
    private Lane[] _lanes = [];
    private int _waiting;
    private long _lastExchange;
    private long _pastReceived;
    private long _pastSent;
    private string? _lastDown;

    /// <summary>Makes a link without lanes.</summary>
    public Link(string peerName, Fingerprint fingerprint, LinkHubOptions options)
    {
        PeerName = peerName;
        Fingerprint = fingerprint;
        _options = options;
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
    public async ValueTask<ListenerExchange> OpenAsync(RequestHead head, bool hasBody, IReadOnlyList<VersionName> offers, CancellationToken cancellation)
    {
        if (HeadCheck.Problem(head) is { } problem)
        {
            throw new LinkUnavailableException(new Fault(Stage.Client, ResetCode.LimitExceeded, problem, RequestUnsent: true));
        }

        VersionName[] names = offers.Count == 0 ? [] : [.. offers];
        ulong id = (ulong)Interlocked.Increment(ref _lastExchange);
        LinkListenerExchange? exchange = TryOpen(head, id, hasBody, names);
        if (exchange is not null)
        {
            return exchange;
        }

        await WaitForLaneAsync(() => (exchange = TryOpen(head, id, hasBody, names)) is not null, cancellation).ConfigureAwait(false);
        return exchange!;
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
                    lane.Engine.OpenStreams, lane.Engine.RetainedBytes, lane.Engine.Peer?.Software ?? ""));
            }
        }

        return new LinkSnapshot(PeerName, Fingerprint, snapshots, received, sent, _lastDown);
    }

    /// <summary>Places an exchange again whose request was not taken.</summary>
    internal async ValueTask<(Lane Lane, StreamCore Stream)> PlaceAsync(
        RequestHead head, ulong id, bool hasBody, VersionName[] offers, LinkListenerExchange owner, CancellationToken cancellation)
    {
        (Lane Lane, StreamCore Stream)? placed = null;
        bool Place() => (placed = TryPlace(head, id, hasBody, offers, (_, stream) => stream.Owner = owner)) is not null;
        if (!Place())
        {
            await WaitForLaneAsync(Place, cancellation).ConfigureAwait(false);
        }

        return placed!.Value;
    }

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

    private LinkListenerExchange? TryOpen(RequestHead head, ulong id, bool hasBody, VersionName[] offers)
    {
        LinkListenerExchange? exchange = null;
        TryPlace(head, id, hasBody, offers, (lane, stream) => exchange = new LinkListenerExchange(this, lane, stream, head, hasBody, offers));
        return exchange;
    }

    private (Lane Lane, StreamCore Stream)? TryPlace(RequestHead head, ulong id, bool hasBody, VersionName[] offers, Action<Lane, StreamCore> opened)
    {
        Lane[] lanes = _lanes;
        Span<LaneLoad> loads = stackalloc LaneLoad[Math.Min(lanes.Length, 64)];
        for (int i = 0; i < loads.Length; i++)
        {
            lock (lanes[i].Gate)
            {
                LaneEngine engine = lanes[i].Engine;
                loads[i] = new LaneLoad(engine.CanOpen, engine.HasOutput, engine.OpenStreams);
            }
        }

        int chosen = LanePlacement.Choose(loads);
        if (chosen < 0)
        {
            return null;
        }

        Lane lane = lanes[chosen];
        StreamCore? stream;
        lock (lane.Gate)
        {
            stream = lane.Engine.Open(head, id, offers, end: !hasBody);
            if (stream is null)
            {
                return null;
            }

            opened(lane, stream);
        }

        lane.Wake();
        return (lane, stream);
    }

    private async ValueTask WaitForLaneAsync(Func<bool> place, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > _options.MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw NoLane($"no lane to {PeerName}, and {_options.MaxWaiting} requests wait for one already");
        }

        try
        {
            long start = _options.Time.GetTimestamp();
            while (!place())
            {
                TimeSpan left = _options.WaitForLane - _options.Time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                {
                    throw NoLane($"no lane to {PeerName} for {_options.WaitForLane.TotalSeconds:0.#} s");
                }

                await WaitOnceAsync(left, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task WaitOnceAsync(TimeSpan left, CancellationToken cancellation)
    {
        // A lane that is full opens up without a new one coming: look again now and then.
        TimeSpan step = left < LookAgain ? left : LookAgain;
        try
        {
            await _laneCame.Task.WaitAsync(step, _options.Time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The caller looks at the clock.
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static LinkUnavailableException NoLane(string reason) =>
        new(new Fault(Stage.Link, ResetCode.LaneLost, reason, RequestUnsent: true));
}
