using Railgun.Hosting.Configuration;

namespace Railgun.Hosting.Options;

/// <summary>The admin endpoint: <c>/livez</c>, <c>/ready</c>, <c>/metrics</c>, <c>/status</c>.</summary>
internal sealed class AdminOptions
{
    /// <summary>
    /// Where it listens. Port 0 takes a free one.
    /// <value>Default: the daemon's port on 127.0.0.1: 2409 for the listener, 2410 for the sender.</value>
    /// </summary>
    public ListenAddress? Endpoint { get; set; }

    /// <summary>
    /// Whether it is there at all.
    /// <value>Default: true.</value>
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether <see cref="Endpoint"/> may be an address that other machines reach. There is no password: whoever reaches it reads it.
    /// <value>Default: false.</value>
    /// </summary>
    public bool AllowRemote { get; set; }

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path)
    {
        if (Endpoint is { IsLoopback: false } remote && !AllowRemote)
        {
            mistakes.Add(
                $"{path}.endpoint",
                $"{remote} can be reached by other machines, and there is no password",
                $"write 127.0.0.1:{remote.Port}, or set {path}.allowRemote to true if a firewall guards it");
        }
    }
}
