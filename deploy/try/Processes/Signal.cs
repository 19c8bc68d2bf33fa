namespace Railgun.Try.Processes;

/// <summary>The signals that are sent to child processes; the numbers are those of Linux and macOS.</summary>
internal enum Signal
{
    /// <summary>What Ctrl-C sends.</summary>
    Interrupt = 2,

    /// <summary>Ends the process at once; it cannot be caught.</summary>
    Kill = 9,

    /// <summary>Asks the process to finish what it does and to end.</summary>
    Terminate = 15,
}
