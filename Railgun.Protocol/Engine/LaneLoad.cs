namespace Railgun.Protocol.Engine;

/// <summary>What <see cref="LanePlacement"/> looks at.</summary>
/// <param name="CanOpen">Whether a stream can be opened.</param>
/// <param name="Busy">Whether a bulky body is under way.</param>
/// <param name="Doubtful">Whether an answer to a ping is overdue.</param>
/// <param name="OpenStreams">Streams open now.</param>
internal readonly record struct LaneLoad(bool CanOpen, bool Busy, bool Doubtful, int OpenStreams);
