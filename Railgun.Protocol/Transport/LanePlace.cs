using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Transport;

/// <summary>A stream and the lane whose lock guards it: one object, so that nobody sees the one without the other while an exchange moves.</summary>
internal sealed class LanePlace(Lane lane, StreamCore stream)
{
    private readonly uint _generation = stream.Generation;

    /// <summary>The lane.</summary>
    public Lane Lane => lane;

    /// <summary>The stream; look at <see cref="IsCurrent"/> before, under the lane's lock.</summary>
    public StreamCore Stream => stream;

    /// <summary>Whether the stream is still the one that this place was made for: once its driver has done with it, it may be another's.</summary>
    public bool IsCurrent => stream.Generation == _generation && !stream.DriverGone;
}
