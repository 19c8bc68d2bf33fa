using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>How an offer names a version: by the exchange that brought its body, or by its name.</summary>
/// <param name="Exchange">The exchange of this link whose response body the version is; 0: <paramref name="Name"/> says it.</param>
/// <param name="Name">The name, where <paramref name="Exchange"/> is 0.</param>
internal readonly record struct VersionRef(ulong Exchange, VersionName Name);
