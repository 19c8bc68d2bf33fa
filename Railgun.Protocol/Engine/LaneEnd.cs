namespace Railgun.Protocol.Engine;

/// <summary>Why a lane ended.</summary>
/// <param name="Code">The code.</param>
/// <param name="Text">One line for people.</param>
/// <param name="ByPeer">Whether the peer said so.</param>
/// <param name="Status">How hello was refused, where it was.</param>
internal sealed record LaneEnd(LaneCode Code, string Text, bool ByPeer, HelloStatus Status = HelloStatus.Accepted);
