using Railgun.Hosting.Configuration;

namespace Railgun.Listener.Startup;

/// <summary>How patient the listener is with its clients. Section <c>clients</c> of the configuration.</summary>
internal sealed class ClientsOptions
{
    /// <summary>
    /// How long a request's head may take, from its first byte; then 408.
    /// <value>Default 30 s; 1 s to 5 min.</value>
    /// </summary>
    public TimeSpan HeadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a connection may be idle between two requests; then it is closed.
    /// <value>Default 130 s; 1 s to 1 h.</value>
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>
    /// The least rate, in bytes a second, at which a client gives a request's body and takes a response. One that gives less gets 408, one that takes less is cut off. Time in which the
    /// listener itself takes or gives nothing is not counted.
    /// <value>Default 240; 0 for none, up to 1 MiB.</value>
    /// </summary>
    public ByteSize LeastRate { get; set; } = new(240);

    /// <summary>
    /// How long a client may be slower than <see cref="LeastRate"/> at first.
    /// <value>Default 10 s; 2 s to 10 min.</value>
    /// </summary>
    public TimeSpan LeastRateGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The most connections at one time; those beyond are closed at once.
    /// <value>Default 32768; 1 to 1,000,000.</value>
    /// </summary>
    public int Connections { get; set; } = 32 * 1024;

    /// <summary>
    /// The most connections among them that have switched protocols (WebSocket); each holds an exchange. A request beyond gets 503.
    /// <value>Default 8192; 1 to 1,000,000.</value>
    /// </summary>
    public int UpgradedConnections { get; set; } = 8 * 1024;

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path)
    {
        mistakes.Range($"{path}.headTimeout", HeadTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        mistakes.Range($"{path}.idleTimeout", IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        mistakes.Range($"{path}.leastRate", LeastRate, default, ByteSize.MiB(1));
        mistakes.Range($"{path}.leastRateGrace", LeastRateGrace, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));
        mistakes.Range($"{path}.connections", Connections, 1, 1_000_000);
        mistakes.Range($"{path}.upgradedConnections", UpgradedConnections, 1, 1_000_000);
    }
}
