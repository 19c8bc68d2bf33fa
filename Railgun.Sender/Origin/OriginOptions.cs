namespace Railgun.Sender.Origin;

/// <summary>The origin web server and how patient the sender is with it. Section <c>Origin</c> of the configuration.</summary>
internal sealed class OriginOptions
{
    /// <summary>Where it is: <c>http://HOST:PORT</c> or <c>https://HOST:PORT</c>, without a path.</summary>
    public string Url { get; set; } = "";

    /// <summary>How it is spoken to.</summary>
    /// <value>Default <see cref="OriginProtocol.Http11"/>. <see cref="OriginProtocol.H2c"/> only over <c>http</c>.</value>
    public OriginProtocol Protocol { get; set; } = OriginProtocol.Http11;

    /// <summary>The name to ask for and to verify in TLS.</summary>
    /// <value>Default: the host of <see cref="Url"/>.</value>
    public string? TlsName { get; set; }

    /// <summary>A PEM file with the certificates to trust for TLS, such as a private authority's or the origin's own self-signed one.</summary>
    /// <value>Default: those that the system trusts.</value>
    public string? TlsTrustFile { get; set; }

    /// <summary>How long a connection may take, TLS included.</summary>
    /// <value>Default 5 s; 100 ms to 5 min.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the response's head may take after the last byte of the request was taken.</summary>
    /// <value>Default 60 s; 100 ms to 1 h.</value>
    public TimeSpan HeadTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a body may be silent. Event streams, gRPC and upgraded connections may be silent for ever.</summary>
    /// <value>Default 2 min; 100 ms to 24 h.</value>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a connection is used before a new one takes its place, so that a changed address is noticed.</summary>
    /// <value>Default 10 min; 1 s to 24 h.</value>
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an idle connection is kept. Shorter than the origin's own keep-alive time, so that no request meets a closing one.</summary>
    /// <value>Default 30 s; 1 s to 1 h.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
