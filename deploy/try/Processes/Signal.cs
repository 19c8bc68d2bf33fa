namespace Railgun.Try.Processes;

/// <summary>The signals that are sent to child processes; the numbers are those of Linux; on macOS only the first four are the same.</summary>
internal enum Signal
{
    /// <summary>Asks the process to read its configuration again.</summary>
    HangUp = 1,

    /// <summary>What Ctrl-C sends.</summary>
    Interrupt = 2,

    /// <summary>Ends the process at once; it cannot be caught.</summary>
    Kill = 9,

    /// <summary>Asks the process to finish what it does and to end.</summary>
    Terminate = 15,

    /// <summary>Lets a process that was stopped go on.</summary>
    Continue = 18,

    /// <summary>Stops the process where it is; it cannot be caught.</summary>
    Stop = 19,
}
