namespace Railgun.Hosting.Commands;

/// <summary>The flags of both daemons.</summary>
internal static class CommonFlags
{
    /// <summary>Sets the state directory.</summary>
    public const string State = "--state";

    /// <summary>Sets where the admin endpoint listens, or where <c>status</c> asks.</summary>
    public const string Admin = "--admin";

    /// <summary>The flags.</summary>
    public static IReadOnlyList<DaemonFlag> For(string program, int adminPort) =>
    [
        new(State, "state", "DIR", $"Directory of this node's key and its trusted peers [default: /var/lib/{program} for root, else ~/.local/state/{program}]"),
        new(Admin, "admin.endpoint", "IP:PORT", $"Where /livez, /ready, /metrics and /status are [default: 127.0.0.1:{adminPort}]"),
        new("--log-format", "logging.format", "text|json", "How log lines look [default: text]"),
        new("--log-level", "logging.level", "LEVEL", "Least level that is written: trace, debug, information, warning, error, critical, none [default: information]"),
    ];
}
