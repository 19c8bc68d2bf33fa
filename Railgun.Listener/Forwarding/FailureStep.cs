namespace Railgun.Listener.Forwarding;

/// <summary>What follows a failure before the client has seen anything.</summary>
internal enum FailureStep
{
    /// <summary>The client is told.</summary>
    Answer,

    /// <summary>The same sender is asked again, on whichever lane is up.</summary>
    Again,

    /// <summary>The configured direct origin is asked.</summary>
    Direct,
}
