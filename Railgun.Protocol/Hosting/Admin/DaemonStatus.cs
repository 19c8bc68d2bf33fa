namespace Railgun.Hosting.Admin;

/// <summary>The daemon's own part of <c>/status</c>.</summary>
/// <param name="Peers">Every trusted peer, up or down.</param>
/// <param name="Stores">Every store of versions.</param>
internal sealed record DaemonStatus(IReadOnlyList<PeerStatus> Peers, IReadOnlyList<StoreStatus> Stores);
