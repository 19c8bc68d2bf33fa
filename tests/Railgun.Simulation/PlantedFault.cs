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
}
