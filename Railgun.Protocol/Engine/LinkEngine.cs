namespace Railgun.Protocol.Engine;

/// <summary>
/// What a link decides over all its lanes, without any of them: numbers exchanges, chooses the lane of each, bounds who waits for one and for how long, and says which
/// exchange may move to another lane. Time goes in as ticks of 100 ns of any steady clock; no lock, no task, no log: whoever owns it serialises the calls.
/// Listener only: the sender opens no streams.
/// </summary>
internal sealed class LinkEngine
{
    private readonly long _patience;
    private readonly int _maxWaiting;
    private ulong _lastExchange;

    /// <summary>Makes the engine of a link.</summary>
    /// <param name="patience">How long an exchange waits for a lane.</param>
    /// <param name="maxWaiting">How many may wait at once.</param>
    public LinkEngine(TimeSpan patience, int maxWaiting)
    {
        _patience = patience.Ticks;
        _maxWaiting = maxWaiting;
    }

    /// <summary>How many exchanges wait for a lane now.</summary>
    public int Waiting { get; private set; }

    /// <summary>A new exchange, with the link's next number.</summary>
    /// <param name="bulk">Whether much is expected to cross.</param>
    public ExchangePlacement Begin(bool bulk = false) => new(++_lastExchange) { Bulk = bulk };

    /// <summary>What to do with an exchange that is on no lane. After <see cref="PlacementStep.Wait"/> ask again when lanes have changed or the time has come.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="lanes">The link's lanes as they are now.</param>
    /// <param name="now">The time.</param>
    public PlacementStep Place(ExchangePlacement exchange, ReadOnlySpan<LaneLoad> lanes, long now)
    {
        int lane = LanePlacement.Choose(lanes, exchange.Bulk);
        if (lane >= 0)
        {
            return PlacementStep.On(lane);
        }

        if (!exchange.IsWaiting)
        {
            if (Waiting >= _maxWaiting)
            {
                return PlacementStep.Failed(NoLane($"no lane, and {Waiting} requests wait for one already"));
            }

            Waiting++;
            exchange.IsWaiting = true;
            exchange.Deadline = now + _patience;
        }

        return now < exchange.Deadline
            ? PlacementStep.Wait(exchange.Deadline)
            : PlacementStep.Failed(NoLane($"no lane for {TimeSpan.FromTicks(_patience).TotalSeconds:0.#} s"));
    }

    /// <summary>The exchange waits no more: it is on a lane, has failed, or nobody wants it any more.</summary>
    public void Leave(ExchangePlacement exchange)
    {
        if (exchange.IsWaiting)
        {
            exchange.IsWaiting = false;
            Waiting--;
        }
    }

    /// <summary>
    /// Whether an exchange that a fault took off its lane may be placed again, unseen by its client: not one byte of its request can have reached the origin, what was sent of it
    /// is still at hand, and it has not moved too often. Counts the move.
    /// </summary>
    public static bool MayMove(ExchangePlacement exchange, Fault fault) =>
        fault.RequestUnsent && !exchange.BodyBegun && exchange.Moves++ < ExchangePlacement.MaxMoves;

    private static Fault NoLane(string reason) => new(Stage.Link, ResetCode.LaneLost, reason, RequestUnsent: true);
}
