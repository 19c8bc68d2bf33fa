using Railgun.Hosting.Configuration;

namespace Railgun.Sender.Origin;

/// <summary>The origin web server and how patient the sender is with it. Section <c>origin</c> of the configuration.</summary>
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

    /// <summary>How long the origin may take nothing of a request's body that waits for it.</summary>
    /// <value>Default 60 s; 100 ms to 1 h.</value>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The most connections at one time; a request beyond waits for <see cref="ConnectTimeout"/> and then gets a 503. Not for <see cref="OriginProtocol.H2c"/>.</summary>
    /// <value>Default 2000; 1 to 100000.</value>
    public int Connections { get; set; } = 2000;

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

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path)
    {
        const string Write = "write http://HOST:PORT or https://HOST:PORT, such as http://127.0.0.1:8080";
        if (!OriginAddress.TryParse(Url, out OriginAddress? address))
        {
            mistakes.Add($"{path}.url", Url.Length == 0 ? "no origin is named" : $"'{Url}' is no place of an origin", Write);
        }

        if (Protocol == OriginProtocol.H2c && address is { Tls: true })
        {
            mistakes.Add($"{path}.protocol", "h2c is HTTP/2 without TLS, and the origin's URL says https", "write http11, or an http URL");
        }

        if (TlsTrustFile is not null && !File.Exists(TlsTrustFile))
        {
            mistakes.Add($"{path}.tlsTrustFile", $"there is no file {TlsTrustFile}", "write the path of a PEM file with certificates");
        }

        mistakes.Range($"{path}.connectTimeout", ConnectTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        mistakes.Range($"{path}.writeTimeout", WriteTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        mistakes.Range($"{path}.connections", Connections, 1, 100_000);
        mistakes.Range($"{path}.headTimeout", HeadTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        mistakes.Range($"{path}.bodyTimeout", BodyTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(24));
        mistakes.Range($"{path}.connectionLifetime", ConnectionLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        mistakes.Range($"{path}.idleTimeout", IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }
}
