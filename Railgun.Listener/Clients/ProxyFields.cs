using System.Net;
using Railgun.Listener.Startup;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Clients;

/// <summary>
/// Fields in which proxies tell origins who the client is, or rewrite what it asks for, without a signature: whoever can write one to the origin is believed. They
/// pass from trusted proxies only. Those with a signature (<c>Cf-Access-Jwt-Assertion</c>, <c>X-Goog-IAP-JWT-Assertion</c>) pass from everybody. Step 1 of a request's life.
/// </summary>
/// <param name="options">Whom to trust.</param>
internal sealed class ProxyFields(ForwardedOptions options)
{
    private static readonly NamePatterns Told = new(
        [
            // The address.
            "X-Real-IP", "True-Client-IP", "Client-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Remote-IP", "X-Remote-Addr", "X-Originating-IP", "X-ProxyUser-IP", "X-Original-Forwarded-For",
            "CF-Connecting-IP*", "Fastly-Client-IP", "Fly-Client-IP", "X-Azure-ClientIP", "X-Azure-SocketIP", "X-Envoy-External-Address", "CloudFront-Viewer-Address",

            // The user.
            "Remote-User", "Remote-Email", "Remote-Name", "Remote-Groups", "X-Remote-*", "X-WebAuth-*", "X-Auth-Request-*", "Client-Cert", "Client-Cert-Chain", "X-Client-Cert*",
            "X-SSL-Client-*", "Cf-Access-Authenticated-User-*", "X-Goog-Authenticated-User-*", "X-Amzn-Oidc-Identity", "X-MS-Client-Principal*",

            // The target; and what CGI takes for its own proxy.
            "X-Original-URL", "X-Rewrite-URL", "X-Original-Host", "X-HTTP-Host-Override", "Proxy",
        ],
        ignoreCase: true);

    private static readonly NamePatterns Forwarded = new(["X-Forwarded-*", "Forwarded"], ignoreCase: true);

    private readonly List<IPNetwork> _trusted = Networks.Read(options.Trusted);

    /// <summary>Whether whoever sent the request may say such things.</summary>
    public bool Believes(HttpContext http) => Networks.Contain(_trusted, http.Connection.RemoteIpAddress);

    /// <summary>
    /// Whether a field of this name is one of them; to CGI and what came of it, <c>_</c> and <c>-</c> are one. <c>X-Forwarded-*</c> and <c>Forwarded</c> are the routes' own to say, unless they come in
    /// disguise.
    /// </summary>
    public static bool IsTold(string name)
    {
        if (!name.Contains('_', StringComparison.Ordinal))
        {
            return Told.Contains(name);
        }

        string plain = name.Replace('_', '-');
        return Told.Contains(plain) || Forwarded.Contains(plain);
    }
}
