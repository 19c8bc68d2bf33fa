namespace Railgun.Protocol.Versions;

/// <summary>Request fields that are credentials everywhere.</summary>
internal static class KnownCredentials
{
    /// <summary>The names; <c>*</c> stands for any characters.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "Authorization", "Proxy-Authorization",                             // RFC 9110 sections 11.6.2 and 11.7.2
        "X-Api-Key", "Api-Key", "ApiKey", "X-Auth-*", "X-Access-Token", "X-Session-*", "X-User-Token", "X-Amz-Security-Token",
        "Client-Cert", "Client-Cert-Chain", "X-Client-Cert*", "X-SSL-Client-*", "X-Forwarded-Client-Cert", // RFC 9440, and what proxies call it
        "X-Forwarded-User", "X-Forwarded-Email", "X-Forwarded-Access-Token", "X-Forwarded-Preferred-Username", "X-Remote-User", "Remote-User", "Remote-Email", "X-WebAuth-*",
        "Cf-Access-*", "X-Goog-IAP-*", "X-Goog-Authenticated-User-*", "X-Amzn-Oidc-*", "X-MS-Client-Principal*", "X-MS-Token-*",
    ];
}
