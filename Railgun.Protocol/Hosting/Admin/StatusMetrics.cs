using System.Diagnostics.Metrics;

namespace Railgun.Hosting.Admin;

/// <summary>The daemon's status as observable instruments, so that <c>/metrics</c> and <c>/status</c> agree.</summary>
internal sealed class StatusMetrics
{
    /// <summary>The name of their meter.</summary>
    public const string MeterName = "Railgun.Status";

    private readonly DaemonState _state;

    private StatusMetrics(DaemonState state) => _state = state;

    /// <summary>Registers the instruments.</summary>
    public static void Register(IMeterFactory meters, DaemonState state)
    {
        var of = new StatusMetrics(state);
        Meter meter = meters.Create(MeterName);
        meter.CreateObservableGauge("railgun.ready", () => state.Readiness.Ready ? 1 : 0, null, "1 if requests can be answered.");
        meter.CreateObservableGauge("railgun.link.up", of.Up, null, "1 if the link with the peer has a live lane.");
        meter.CreateObservableGauge("railgun.link.lanes", of.Lanes, "{lane}", "Live lanes.");
        meter.CreateObservableGauge("railgun.link.streams", of.Streams, "{stream}", "Open streams on live lanes.");
        meter.CreateObservableGauge("railgun.link.round_trip", of.RoundTrips, "s", "The shortest round trip of the live lanes.");
        meter.CreateObservableGauge("railgun.link.delivery_rate", of.DeliveryRates, "By/s", "How fast the live lanes take what this side sends, together.");
        meter.CreateObservableCounter("railgun.link.bytes", of.Bytes, "By", "Bytes on the link's sockets, TLS included, by direction.");
        meter.CreateObservableGauge("railgun.store.versions", () => of.Stores(store => store.Versions), "{version}", "Versions held.");
        meter.CreateObservableGauge("railgun.store.bytes", () => of.Stores(store => store.Bytes), "By", "Bytes that count against the store's capacity.");
        meter.CreateObservableGauge("railgun.store.index", () => of.Stores(store => store.IndexBytes), "By", "Of these, bytes of indexes.");
        meter.CreateObservableGauge("railgun.store.pinned", () => of.Stores(store => store.PinnedBytes), "By", "Bytes of versions in use now.");
        meter.CreateObservableGauge("railgun.store.capacity", () => of.Stores(store => store.CapacityBytes), "By", "The store's capacity.");
        meter.CreateObservableCounter("railgun.store.evictions", () => of.Stores(store => store.Evictions), "{version}", "Versions put aside for room.");
    }

    private IEnumerable<Measurement<long>> Up() => _state.Daemon.Peers.Select(peer => Of(peer.Up ? 1 : 0, peer));

    private IEnumerable<Measurement<long>> Lanes() => _state.Daemon.Peers.Select(peer => Of(peer.Lanes.Count, peer));

    private IEnumerable<Measurement<long>> Streams() => _state.Daemon.Peers.Select(peer => Of(peer.Lanes.Sum(lane => lane.Streams), peer));

    private IEnumerable<Measurement<double>> RoundTrips() =>
        from peer in _state.Daemon.Peers
        let shortest = peer.Lanes.Min(lane => lane.RoundTripMs)
        where shortest is not null
        select new Measurement<double>(shortest.Value / 1000, new KeyValuePair<string, object?>("peer", peer.Name));

    private IEnumerable<Measurement<long>> DeliveryRates() =>
        from peer in _state.Daemon.Peers
        let rate = peer.Lanes.Sum(lane => lane.DeliveryRate)
        where rate > 0
        select Of(rate.Value, peer);

    private IEnumerable<Measurement<long>> Bytes() => _state.Daemon.Peers.SelectMany(peer => new[]
    {
        new Measurement<long>(peer.BytesUp, new("peer", peer.Name), new("direction", "up")),
        new Measurement<long>(peer.BytesDown, new("peer", peer.Name), new("direction", "down")),
    });

    private IEnumerable<Measurement<long>> Stores(Func<StoreStatus, long> value) =>
        _state.Daemon.Stores.Select(store => new Measurement<long>(value(store), new KeyValuePair<string, object?>("store", store.Name)));

    private static Measurement<long> Of(long value, PeerStatus peer) => new(value, new KeyValuePair<string, object?>("peer", peer.Name));
}
