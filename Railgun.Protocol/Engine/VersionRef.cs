using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>How an offer names a version on one lane: by the stream that carried its body, or by its name.</summary>
/// <param name="Stream">The stream whose response body the version is; 0: <paramref name="Name"/> says it.</param>
/// <param name="Name">The name, where <paramref name="Stream"/> is 0.</param>
internal readonly record struct VersionRef(uint Stream, VersionName Name);
