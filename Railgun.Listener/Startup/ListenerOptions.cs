using System.Text.Json.Nodes;
using Railgun.Hosting.Configuration;
using Railgun.Hosting.Options;

namespace Railgun.Listener.Startup;

/// <summary>What the listener can be told.</summary>
internal sealed class ListenerOptions : DaemonOptions
{
    /// <summary>
    /// Where clients are served by HTTP/1.1 without TLS.
    /// <value>Default: <c>0.0.0.0:8080</c>, if neither <see cref="Https"/> nor <see cref="H2c"/> is given. At most 16.</value>
    /// </summary>
    public List<ListenAddress> Http { get; set; } = [];

    /// <summary>
    /// Where clients are served by HTTP/1.1 and HTTP/2 with TLS; needs <see cref="Tls"/>.
    /// <value>Default: nowhere. At most 16.</value>
    /// </summary>
    public List<ListenAddress> Https { get; set; } = [];

    /// <summary>
    /// Where clients are served by HTTP/2 without TLS, with prior knowledge (RFC 9113 section 3.3), for example by a load balancer in front.
    /// <value>Default: nowhere. At most 16.</value>
    /// </summary>
    public List<ListenAddress> H2c { get; set; } = [];

    /// <summary>The certificate for <see cref="Https"/>.</summary>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>
    /// The origin to ask directly while there is no lane, without deltas.
    /// <value>Default: none: such requests get 503. An absolute http or https URL, perhaps with a path that stands before each target.</value>
    /// </summary>
    public Uri? Direct { get; set; }

    /// <summary>
    /// Whether bodies are compressed for clients, by their <c>Accept-Encoding</c>.
    /// <value>Default: true.</value>
    /// </summary>
    public bool Compress { get; set; } = true;

    /// <summary>How patient the listener is with its clients.</summary>
    public ClientsOptions Clients { get; set; } = new();

    /// <summary>What counts as credentials; give the sender the same.</summary>
    public CredentialSettings Credentials { get; set; } = new();

    /// <summary>How the origin is told for whom the listener asks.</summary>
    public ForwardedOptions Forwarded { get; set; } = new();

    /// <summary>Who hands over clients' connections.</summary>
    public ProxyProtocolOptions ProxyProtocol { get; set; } = new();

    /// <summary>Who is told what a response saved.</summary>
    public SavingSettings Saving { get; set; } = new();

    /// <summary>
    /// Routes and clusters in the form of the YARP library; destinations <c>http://NAME.railgun/</c> are senders by the name they are trusted under.
    /// <value>Default: everything goes to the trusted senders.</value>
    /// </summary>
    public JsonObject? ReverseProxy { get; set; }

    /// <inheritdoc/>
    public override void Validate(Mistakes mistakes)
    {
        base.Validate(mistakes);
        mistakes.AtMost("http", Http.Count, 16);
        mistakes.AtMost("https", Https.Count, 16);
        mistakes.AtMost("h2c", H2c.Count, 16);
        Tls.Validate(mistakes, "tls", required: Https.Count > 0);
        Clients.Validate(mistakes, "clients");
        Credentials.Validate(mistakes, "credentials");
        Forwarded.Validate(mistakes, "forwarded");
        ProxyProtocol.Validate(mistakes, "proxyProtocol");
        Saving.Validate(mistakes, "saving");
        RoutesCheck.Validate(mistakes, RoutesSection.Name, ReverseProxy);
        if (Direct is not null && (!Direct.IsAbsoluteUri || Direct.Scheme is not ("http" or "https") || Direct.Query.Length > 0 || Direct.Fragment.Length > 0))
        {
            mistakes.Add("direct", $"'{Direct}' can't be asked", "write an http or https URL without query, such as https://origin.example");
        }
    }
}
