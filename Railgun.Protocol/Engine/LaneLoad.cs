namespace Railgun.Protocol.Engine;

/// <summary>What <see cref="LanePlacement"/> looks at.</summary>
/// <param name="CanOpen">Whether a stream can be opened.</param>
/// <param name="Busy">Whether streams have output that waits.</param>
/// <param name="OpenStreams">Streams open now.</param>
internal readonly record struct LaneLoad(bool CanOpen, bool Busy, int OpenStreams);
