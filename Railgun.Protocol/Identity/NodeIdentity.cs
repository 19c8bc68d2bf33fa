using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Railgun.Protocol.Identity;

/// <summary>
/// Who this node is: an ECDSA P-256 key and a self-signed certificate for both roles of TLS, made at the first start and kept in one file of the state
/// directory (PEM, mode 0600; one file, so that key and certificate can't part).
/// </summary>
internal sealed class NodeIdentity : IDisposable
{
    /// <summary>The file's name in the state directory.</summary>
    public const string FileName = "identity.pem";

    // Peers pin the key, so the dates decide nothing; a century outlasts every machine.
    private const int Years = 100;
    private const int MaxFileBytes = 64 * 1024;

    private NodeIdentity(X509Certificate2 certificate, bool isNew)
    {
        Certificate = certificate;
        Fingerprint = Fingerprint.Of(certificate);
        TlsContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        IsNew = isNew;
    }

    /// <summary>The certificate, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>What the other side is told to trust.</summary>
    public Fingerprint Fingerprint { get; }

    /// <summary>The same for TLS, made once.</summary>
    public SslStreamCertificateContext TlsContext { get; }

    /// <summary>Whether this call made it.</summary>
    public bool IsNew { get; }

    /// <summary>Reads the identity of <paramref name="stateDirectory"/>, or makes one; safe when two processes start at once.</summary>
    /// <param name="stateDirectory">Made with mode 0700 if it is not there.</param>
    /// <param name="label">Goes into the certificate's subject, for people who look at it; a <see cref="PeerName"/>.</param>
    /// <param name="time">Dates the certificate.</param>
    /// <exception cref="IdentityException">The file can't be used; the message says what to do.</exception>
    public static NodeIdentity LoadOrCreate(string stateDirectory, string label, TimeProvider time)
    {
        string path = Path.Combine(stateDirectory, FileName);
        try
        {
            if (TryLoad(path) is { } present)
            {
                return new NodeIdentity(present, isNew: false);
            }

            using FileStream exclusive = StateFile.Lock(stateDirectory);
            if (TryLoad(path) is { } madeMeanwhile)
            {
                return new NodeIdentity(madeMeanwhile, isNew: false);
            }

            StateFile.Replace(path, Encoding.ASCII.GetBytes(MakePem(label, time)));
            return new NodeIdentity(TryLoad(path)!, isNew: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IdentityException($"The state directory {stateDirectory} can't be used: {e.Message} Give another with --state DIR, or run as its owner.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();

    private static X509Certificate2? TryLoad(string path)
    {
        byte[]? pem = StateFile.Read(path, MaxFileBytes);
        if (pem is null)
        {
            return null;
        }

        if (StateFile.IsOpenToOthers(path))
        {
            throw new IdentityException($"The key in {path} can be read or changed by other users. Run: chmod 600 {path} (and make a new one if they may have it).");
        }

        try
        {
            string text = Encoding.ASCII.GetString(pem);
            return Usable(X509Certificate2.CreateFromPem(text, text));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new IdentityException(
                $"{path} does not hold a key and its certificate: {e.Message} Restore it, or remove it: a new identity is made then, which the other side must trust again.", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    // Windows' TLS takes no key that lives in memory only: through PKCS #12 it gets one that it can use.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }

    private static string MakePem(string label, TimeProvider time)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(label);
        name.AddOrganizationName("Railgun");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));

        // A day early, for a peer's tools whose clock is behind.
        DateTimeOffset start = time.GetUtcNow().AddDays(-1);
        using X509Certificate2 certificate = request.CreateSelfSigned(start, start.AddYears(Years));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
