namespace Railgun.Protocol.Engine;

/// <summary>What <see cref="KeepAlive.Check"/> advises.</summary>
internal enum KeepAliveStep
{
    /// <summary>Nothing to do.</summary>
    Nothing,

    /// <summary>Send a ping.</summary>
    Ping,

    /// <summary>Give the lane up.</summary>
    Dead,
}
