using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Engine;

/// <summary>A body that a lane has just carried: the listener has it as soon as it has read what came before.</summary>
/// <param name="Exchange">The exchange that brought it; 0 for none.</param>
/// <param name="Name">What it is called.</param>
internal readonly record struct FreshBody(ulong Exchange, VersionName Name);
