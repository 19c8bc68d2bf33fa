namespace Railgun.Simulation;

/// <summary>Mistakes that the simulation can make on purpose, to show that each checker sees.</summary>
internal enum PlantedFault
{
    None,

    /// <summary>The listener forwards a segment whose check failed.</summary>
    ForwardUnproved,

    /// <summary>The listener sends an unsafe request again that may have reached the origin.</summary>
    RepeatUnsafe,

    /// <summary>The listener keeps some credit for itself.</summary>
    KeepCredit,

    /// <summary>The listener forgets to give a buffer back.</summary>
    LeakBuffer,

    /// <summary>The sender forgets to end a response.</summary>
    ForgetEnd,

    /// <summary>The sender queues without looking whether there is room.</summary>
    QueueWithoutRoom,

    /// <summary>The listener sends the head of another exchange.</summary>
    MixHeads,

    /// <summary>The listener sends a wrong byte of an upload.</summary>
    SpoilUpload,

    /// <summary>The listener never lets go of a stream that has ended.</summary>
    KeepStream,

    /// <summary>An exchange that waits for a lane is never counted out.</summary>
    KeepWaiting,

    /// <summary>A stream object is used again though its driver has not done with it.</summary>
    ReuseDriven,

    /// <summary>The sender breaks an exchange off though all is well.</summary>
    BreakOff,

    /// <summary>A lane forgets to give its window's memory back.</summary>
    KeepMemory,

    /// <summary>The sender knows another body by a handle, and the listener trusts it.</summary>
    TrustHandles,

    /// <summary>The sender does not keep what it codes against a fresh body.</summary>
    DropRetained,
}
