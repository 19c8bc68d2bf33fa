using Railgun.Hosting.Options;

namespace Railgun.Hosting.Running;

/// <summary>Where a daemon keeps its key and its trusted peers.</summary>
internal static class StateDirectory
{
    /// <summary>What is configured, else systemd's, else the usual place for root or for a user.</summary>
    public static string Of(DaemonOptions options, string program)
    {
        if (options.State is { Length: > 0 } configured)
        {
            return Path.GetFullPath(configured);
        }

        // With several state directories systemd gives a list; ours is the first.
        if (Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { Length: > 0 } given)
        {
            return given.Split(':')[0];
        }

        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), program);
        }

        if (Environment.IsPrivilegedProcess)
        {
            return $"/var/lib/{program}";
        }

        string states = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(states, program);
    }
}
