using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Transport;

/// <summary>A stream and the lane whose lock guards it: one object, so that nobody sees the one without the other while an exchange moves.</summary>
internal sealed record LanePlace(Lane Lane, StreamCore Stream);
