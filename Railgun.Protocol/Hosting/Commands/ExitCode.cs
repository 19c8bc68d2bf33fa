namespace Railgun.Hosting.Commands;

/// <summary>The programs' exit codes.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>What was asked for could not be done.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the configuration has mistakes. The unit files tell systemd not to restart after it.</summary>
    public const int Mistake = 2;
}
