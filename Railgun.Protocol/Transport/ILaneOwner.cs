using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Transport;

/// <summary>Whom a lane tells what happens on it. Calls come outside the lane's lock, from its reader or writer.</summary>
internal interface ILaneOwner
{
    /// <summary>Hello is over.</summary>
    void LaneOpened(Lane lane);

    /// <summary>Sender: the listener has opened a stream.</summary>
    void StreamAccepted(Lane lane, StreamCore stream);
}
