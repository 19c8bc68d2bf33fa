namespace Railgun.Hosting.Admin;

/// <summary>One store of versions, in <c>/status</c>.</summary>
/// <param name="Name">Whose versions: the peer's name at the listener, <c>origin</c> at the sender.</param>
/// <param name="Versions">How many.</param>
/// <param name="Bytes">All bytes that count against the capacity: bodies, indexes, bookkeeping.</param>
/// <param name="IndexBytes">Of these, what indexes take.</param>
/// <param name="PinnedBytes">Bytes of versions that are offered or in use as a base now.</param>
/// <param name="CapacityBytes">The limit of <paramref name="Bytes"/>.</param>
/// <param name="Evictions">Versions put aside for room since the start.</param>
internal sealed record StoreStatus(string Name, long Versions, long Bytes, long IndexBytes, long PinnedBytes, long CapacityBytes, long Evictions);
