namespace Railgun.Hosting.Running;

/// <summary>Which of the two daemons a program is.</summary>
internal enum DaemonRole
{
    /// <summary>On the edge: takes clients' requests.</summary>
    Listener,

    /// <summary>Next to the origin: asks it, and sends its pages.</summary>
    Sender,
}
