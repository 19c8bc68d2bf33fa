using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Railgun.Sender.Origin;

/// <summary>
/// Opens connections to the origin. TLS is spoken here and not by the HTTP client, which would take the name to verify from the client's
/// <c>Host</c>, and hold one pool of connections for each name that a client can think of.
/// </summary>
internal sealed class OriginConnector(OriginAddress address, OriginOptions options, TimeProvider time)
{
    /// <summary>Opens one connection for the platform's HTTP client.</summary>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellation) => (await OpenAsync(cancellation)).Stream;

    /// <summary>Opens one connection.</summary>
    /// <exception cref="TimeoutException">It took longer than <see cref="OriginOptions.ConnectTimeout"/>.</exception>
    /// <exception cref="SocketException">Refused, unreachable, or no address for the name.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not the origin's.</exception>
    public async ValueTask<(Socket Socket, Stream Stream)> OpenAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource limit = new(options.ConnectTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(address.Host, address.Port, either.Token);
            NetworkStream plain = new(socket, ownsSocket: true);
            return (socket, address.Tls ? await SpeakTlsAsync(plain, either.Token) : plain);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException();
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<Stream> SpeakTlsAsync(NetworkStream plain, CancellationToken cancellation)
    {
        SslStream tls = new(plain);
        try
        {
            SslClientAuthenticationOptions how = new() { TargetHost = options.TlsName ?? address.Host, ApplicationProtocols = [SslApplicationProtocol.Http11] };
            how.CertificateChainPolicy = options.TlsTrustFile is null ? null : Trust(options.TlsTrustFile);
            await tls.AuthenticateAsClientAsync(how, cancellation);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    // Read for each connection: they are few, and a certificate that was renewed counts at once.
    private static X509ChainPolicy Trust(string pemFile)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(pemFile);
        return policy;
    }
}
