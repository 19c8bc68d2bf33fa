namespace Railgun.Protocol.Engine;

/// <summary>What <see cref="KeepAlive.Check"/> advises.</summary>
internal enum KeepAliveStep
{
    /// <summary>Nothing to do.</summary>
    Nothing,

    /// <summary>Send a ping.</summary>
    Ping,

    /// <summary>Send a ping with the next frames: there is talk enough to know that the lane lives, but not how far it is.</summary>
    PingAlong,

    /// <summary>Give the lane up.</summary>
    Dead,
}
