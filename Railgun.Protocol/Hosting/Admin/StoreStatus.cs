namespace Railgun.Hosting.Admin;

/// <summary>One store of versions, in <c>/status</c>.</summary>
/// <param name="Name">Whose versions: the peer's name at the listener, <c>origin</c> at the sender.</param>
/// <param name="Versions">How many.</param>
/// <param name="Bytes">Bytes of their bodies.</param>
/// <param name="IndexBytes">Bytes of their indexes.</param>
/// <param name="CapacityBytes">The limit of both together.</param>
/// <param name="Evictions">Versions thrown out since the start.</param>
internal sealed record StoreStatus(string Name, long Versions, long Bytes, long IndexBytes, long CapacityBytes, long Evictions);
