using Railgun.Hosting.Configuration;

namespace Railgun.Listener.Startup;

/// <summary>
/// Load balancers that hand over clients' connections with a header that tells the client's address (the PROXY protocol, versions 1 and 2). Section
/// <c>proxyProtocol</c> of the configuration.
/// </summary>
internal sealed class ProxyProtocolOptions
{
    /// <summary>
    /// From where: each connection from there begins with the header, or is closed. Connections from elsewhere have none and are served as they are.
    /// <value>Default: none, so nobody's header is read. At most 64 addresses or networks.</value>
    /// </summary>
    public List<string> From { get; set; } = [];

    /// <summary>
    /// How long the header may take.
    /// <value>Default 5 s; 100 ms to 1 min.</value>
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path)
    {
        Networks.Validate(mistakes, $"{path}.from", From);
        mistakes.Range($"{path}.timeout", Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
    }
}
