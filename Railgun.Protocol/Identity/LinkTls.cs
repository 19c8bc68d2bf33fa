using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Railgun.Protocol.Identity;

/// <summary>
/// TLS as the link uses it: TLS 1.3 only, ALPN <c>railgun/1</c>, certificates on both sides, no resumption (a lane lives for days, and a ticket would
/// outlive the trust in its key), no 0-RTT, no renegotiation. A handshake proves that the other side has the key of the certificate
/// it shows, and lets <em>any</em> key pass: a refused certificate would look to the dialling side like a line that broke, so the
/// hello layer asks <see cref="TrustedPeers"/> about <see cref="PresentedKey.Fingerprint"/> and refuses in words. A side that offers other protocols
/// by ALPN fails the handshake; one that offers none passes, so the lane compares <see cref="SslStream.NegotiatedApplicationProtocol"/>.
/// </summary>
internal static class LinkTls
{
    /// <summary>The link's protocol in ALPN (RFC 7301).</summary>
    public static readonly SslApplicationProtocol Protocol = new("railgun/1");

    /// <summary>For the side that accepts.</summary>
    /// <param name="identity">Who this node is; must live as long as its connections.</param>
    /// <param name="presented">Receives whom the handshake met.</param>
    public static SslServerAuthenticationOptions ForAccepting(NodeIdentity identity, PresentedKey presented) => new()
    {
        ServerCertificateContext = identity.TlsContext,
        ClientCertificateRequired = true,
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = [Protocol],
        AllowRenegotiation = false,
        AllowTlsResume = false,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = Chain(),
        RemoteCertificateValidationCallback = (_, certificate, _, _) => Capture(certificate, presented),
    };

    /// <summary>For the side that dials.</summary>
    /// <param name="identity">Who this node is; must live as long as its connections.</param>
    /// <param name="host">Whom it dials: goes out as the server's name if it is one (RFC 6066), so that a TCP balancer can route by it.</param>
    /// <param name="presented">Receives whom the handshake met.</param>
    public static SslClientAuthenticationOptions ForDialling(NodeIdentity identity, string host, PresentedKey presented) => new()
    {
        TargetHost = host,
        ClientCertificateContext = identity.TlsContext,
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = [Protocol],
        AllowRenegotiation = false,
        AllowTlsResume = false,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = Chain(),
        RemoteCertificateValidationCallback = (_, certificate, _, _) => Capture(certificate, presented),
    };

    private static bool Capture(X509Certificate? certificate, PresentedKey presented)
    {
        if (certificate is not X509Certificate2 shown)
        {
            presented.CertificateMissing = true;
            return false;
        }

        presented.Fingerprint = Fingerprint.Of(shown);
        return true;
    }

    // The chain is built before the callback is asked. It must not follow addresses that a stranger's certificate names.
    private static X509ChainPolicy Chain() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };
}
