namespace Railgun.Protocol.Engine;

/// <summary>Where a lane stands: <c>Greeting → Open → Draining → Closed</c>, and from each of them to Closed.</summary>
internal enum LaneState
{
    /// <summary>Hello is under way.</summary>
    Greeting,

    /// <summary>Streams can be opened.</summary>
    Open,

    /// <summary>Open streams are finished; no new ones.</summary>
    Draining,

    /// <summary>Nothing is taken any more; what is queued (the reason) may still be written, then the connection is closed.</summary>
    Closed,
}
