using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Engine;

namespace Railgun.Listener.Tests.Clients;

/// <summary>Clients: TLS, what the operator may see, the access log.</summary>
internal sealed class ClientTests
{
    [Test]
    public async Task A_browser_gets_HTTP_2_over_TLS_and_the_sender_learns_the_scheme()
    {
        string file = Path.GetTempFileName();
        try
        {
            string hash = WriteCertificate(file);
            await using EdgeListener listener = await EdgeListener.StartAsync(options =>
            {
                options.Https.Add(new(IPAddress.Loopback, 0));
                options.Tls.Certificate = file;
            });
            using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == hash } };
            using var client = new HttpClient(handler) { BaseAddress = listener.Endpoint, DefaultRequestVersion = HttpVersion.Version20 };
            Task<HttpResponseMessage> asked = client.GetAsync(new Uri("/", UriKind.Relative));
            FakeExchange exchange = await listener.Senders.NextAsync();
            Assert.That(exchange.Head.Scheme, Is.EqualTo("https"));
            Assert.That(exchange.Head.Fields.First("X-Forwarded-Proto"), Is.EqualTo("https"));
            exchange.Answer(200, "x");
            using HttpResponseMessage response = await asked;
            Assert.That(response.Version, Is.EqualTo(HttpVersion.Version20));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task What_was_saved_is_told_to_nobody_unless_the_operator_says_so()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => exchange.Answer(200, "x", ("Railgun", "a lie"));
        using HttpResponseMessage response = await listener.Client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.That(response.Headers.Contains("Railgun") || response.Headers.Contains("Server-Timing"), Is.False);
    }

    [TestCase("open sesame", true)]
    [TestCase("open sesam", false)]
    [TestCase(null, false)]
    public async Task Who_knows_the_secret_is_told_what_was_saved(string? key, bool told)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "open sesame\n");
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.Saving.SecretFile = file);
        File.Delete(file);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (key is not null)
        {
            request.Headers.Add("Railgun-Key", key);
        }

        Task<HttpResponseMessage> asked = listener.Client.SendAsync(request);
        FakeExchange exchange = await listener.Senders.NextAsync();
        Assert.That(exchange.Head.Fields.Contains("Railgun-Key"), Is.False);
        exchange.Answer(200, "x");
        using HttpResponseMessage response = await asked;
        Assert.That(response.Headers.Contains("Server-Timing"), Is.EqualTo(told));
        Assert.That(
            response.Headers.TryGetValues("Railgun", out IEnumerable<string>? values) ? values : [],
            told ? Is.EqualTo(new[] { "identity, no-base=not-seen, up=100, down=200, request=1" }) : Is.Empty);
    }

    [TestCase("127.0.0.0/8", true)]
    [TestCase("127.0.0.1", true)]
    [TestCase("192.0.2.0/24", false)]
    [TestCase("::1", false)]
    public async Task Clients_at_listed_addresses_are_told_what_was_saved(string address, bool told)
    {
        await using EdgeListener listener = await EdgeListener.StartAsync(options => options.Saving.Addresses.Add(address));
        listener.Senders.Handler = exchange => exchange.Answer(200, "x");
        using HttpResponseMessage response = await listener.Client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.That(response.Headers.Contains("Railgun"), Is.EqualTo(told));
    }

    [Test]
    public async Task Each_request_has_one_line_in_the_access_log()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Handler = exchange => exchange.Answer(200, "hello");
        using HttpResponseMessage response = await listener.Client.GetAsync(new Uri("/a?b", UriKind.Relative));
        JsonElement line = (await listener.AccessAsync()).Single();
        Assert.Multiple(() =>
        {
            Assert.That(line.GetProperty("id").GetUInt64(), Is.EqualTo(1));
            Assert.That(line.GetProperty("peer").GetString(), Is.EqualTo("shop"));
            Assert.That(line.GetProperty("client").GetString(), Is.EqualTo("127.0.0.1"));
            Assert.That(line.GetProperty("method").GetString(), Is.EqualTo("GET"));
            Assert.That(line.GetProperty("authority").GetString(), Is.EqualTo(listener.Endpoint.Authority));
            Assert.That(line.GetProperty("target").GetString(), Is.EqualTo("/a?b"));
            Assert.That(line.GetProperty("status").GetInt32(), Is.EqualTo(200));
            Assert.That(line.GetProperty("bodyBytes").GetInt64(), Is.EqualTo(5));
            Assert.That(line.GetProperty("linkUp").GetInt64(), Is.EqualTo(100));
            Assert.That(line.GetProperty("linkDown").GetInt64(), Is.EqualTo(200));
            Assert.That(line.GetProperty("codec").GetString(), Is.EqualTo("identity"));
            Assert.That(line.GetProperty("noBase").GetString(), Is.EqualTo("not-seen"));
            double first = line.GetProperty("firstByteMs").GetDouble();
            Assert.That(first, Is.GreaterThan(0));
            Assert.That(line.GetProperty("lastByteMs").GetDouble(), Is.GreaterThanOrEqualTo(first));
        });
    }

    [Test]
    public async Task A_head_that_the_link_cannot_carry_is_the_client_s_fault()
    {
        await using EdgeListener listener = await EdgeListener.StartAsync();
        listener.Senders.Refusal = new Fault(Stage.Client, ResetCode.LimitExceeded, "the head is too long", RequestUnsent: true);
        using HttpResponseMessage response = await listener.Client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.That((int)response.StatusCode, Is.EqualTo(431));
    }

    private static string WriteCertificate(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return certificate.GetCertHashString();
    }
}
