using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Railgun.Listener.Clients;

/// <summary>The certificate that clients see, from PEM files. Thread-safe; handshakes under way keep the one that they began with.</summary>
internal sealed class ClientCertificate
{
    private static readonly List<SslApplicationProtocol> Protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    private volatile SslServerAuthenticationOptions _current;

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">One can't be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">They hold no certificate, no key, or do not belong together.</exception>
    public ClientCertificate(string certificateFile, string? keyFile) => _current = Read(certificateFile, keyFile);

    /// <summary>What a handshake that begins now uses.</summary>
    public SslServerAuthenticationOptions Current => _current;

    /// <summary>Reads the files again; if that fails, what is there stays.</summary>
    public void Reload(string certificateFile, string? keyFile) => _current = Read(certificateFile, keyFile);

    private static SslServerAuthenticationOptions Read(string certificateFile, string? keyFile)
    {
        X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile ?? certificateFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
            ApplicationProtocols = Protocols,
        };
    }
}
