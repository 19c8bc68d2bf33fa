namespace Railgun.Protocol.Identity;

/// <summary>What one TLS handshake learnt of the other side; made anew for each handshake.</summary>
internal sealed class PresentedKey
{
    /// <summary>The fingerprint of the certificate that the other side proved to have the key of; nobody before the handshake, or if it had none.</summary>
    public Fingerprint Fingerprint { get; internal set; }

    /// <summary>Whether the other side took part in the handshake without a certificate: it is refused there.</summary>
    public bool CertificateMissing { get; internal set; }
}
