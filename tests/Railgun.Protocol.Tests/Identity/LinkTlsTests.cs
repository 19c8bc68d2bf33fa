using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Railgun.Protocol.Identity;

namespace Railgun.Protocol.Tests.Identity;

internal sealed class LinkTlsTests
{
    private ScratchDirectory _scratch = null!;
    private NodeIdentity _dialling = null!;
    private NodeIdentity _accepting = null!;

    [SetUp]
    public void MakeIdentities()
    {
        _scratch = new ScratchDirectory();
        _dialling = NodeIdentity.LoadOrCreate(_scratch["sender"], "shop", TimeProvider.System);
        _accepting = NodeIdentity.LoadOrCreate(_scratch["listener"], "edge", TimeProvider.System);
    }

    [TearDown]
    public void DisposeIdentities()
    {
        _dialling.Dispose();
        _accepting.Dispose();
        _scratch.Dispose();
    }

    [Test]
    public async Task Both_sides_learn_the_others_key_whoever_it_is()
    {
        var seenByDialling = new PresentedKey();
        var seenByAccepting = new PresentedKey();
        (Task<Exception?> dial, Task<Exception?> accept) = Handshake(
            LinkTls.ForDialling(_dialling, "edge.example", seenByDialling), LinkTls.ForAccepting(_accepting, seenByAccepting));
        Assert.That(await dial, Is.Null);
        Assert.That(await accept, Is.Null);
        Assert.That(seenByDialling.Fingerprint, Is.EqualTo(_accepting.Fingerprint));
        Assert.That(seenByAccepting.Fingerprint, Is.EqualTo(_dialling.Fingerprint));
    }

    [Test]
    public async Task A_side_without_a_certificate_is_refused()
    {
        SslClientAuthenticationOptions bare = LinkTls.ForDialling(_dialling, "edge.example", new PresentedKey());
        bare.ClientCertificateContext = null;
        var seen = new PresentedKey();
        Task<Exception?> accept = Handshake(bare, LinkTls.ForAccepting(_accepting, seen)).Accept;
        Assert.That(await accept, Is.InstanceOf<AuthenticationException>());
        Assert.That(seen.CertificateMissing, Is.True);
        Assert.That(seen.Fingerprint.IsDefault, Is.True);
    }

    [Test]
    public async Task TLS_1_2_is_refused()
    {
        SslClientAuthenticationOptions old = LinkTls.ForDialling(_dialling, "edge.example", new PresentedKey());
        old.EnabledSslProtocols = SslProtocols.Tls12;
        (Task<Exception?> dial, Task<Exception?> accept) = Handshake(old, LinkTls.ForAccepting(_accepting, new PresentedKey()));
        Assert.That(await dial, Is.Not.Null);
        Assert.That(await accept, Is.Not.Null);
    }

    [Test]
    public async Task Another_ALPN_is_refused()
    {
        SslClientAuthenticationOptions web = LinkTls.ForDialling(_dialling, "edge.example", new PresentedKey());
        web.ApplicationProtocols = [SslApplicationProtocol.Http2];
        (Task<Exception?> dial, Task<Exception?> accept) = Handshake(web, LinkTls.ForAccepting(_accepting, new PresentedKey()));
        Assert.That(await dial, Is.Not.Null);
        Assert.That(await accept, Is.Not.Null);
    }

    [Test]
    public async Task A_second_handshake_resumes_nothing_and_learns_the_key_again()
    {
        for (int i = 0; i < 2; i++)
        {
            var seen = new PresentedKey();
            (Task<Exception?> dial, Task<Exception?> accept) = Handshake(
                LinkTls.ForDialling(_dialling, "edge.example", new PresentedKey()), LinkTls.ForAccepting(_accepting, seen));
            Assert.That(await dial, Is.Null);
            Assert.That(await accept, Is.Null);
            Assert.That(seen.Fingerprint, Is.EqualTo(_dialling.Fingerprint));
        }
    }

    private static (Task<Exception?> Dial, Task<Exception?> Accept) Handshake(SslClientAuthenticationOptions client, SslServerAuthenticationOptions server)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var dialled = new TcpClient();
        dialled.Connect((IPEndPoint)listener.LocalEndpoint);
        TcpClient accepted = listener.AcceptTcpClient();
        return (
            Run(dialled, stream => stream.AuthenticateAsClientAsync(client)),
            Run(accepted, stream => stream.AuthenticateAsServerAsync(server)));
    }

    // Ends with the connection closed, so that the other side's handshake ends too.
    private static async Task<Exception?> Run(TcpClient connection, Func<SslStream, Task> handshake)
    {
        using (connection)
        {
            await using var stream = new SslStream(connection.GetStream());
            try
            {
                await handshake(stream);
                Assert.That(stream.SslProtocol, Is.EqualTo(SslProtocols.Tls13));
                Assert.That(stream.NegotiatedApplicationProtocol, Is.EqualTo(LinkTls.Protocol));
                return null;
            }
            catch (Exception e) when (e is AuthenticationException or IOException)
            {
                return e;
            }
        }
    }
}
