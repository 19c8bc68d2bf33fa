using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Railgun.EndToEnd.Chaos;
using Railgun.EndToEnd.Harness;
using Railgun.Try.Processes;

namespace Railgun.EndToEnd;

/// <summary>Certificates, peers and routes change under load: nothing that is under way notices.</summary>
internal sealed class ReloadTests
{
    private const int Clients = 6;
    private const int Rounds = 5;
    private const int HalfSent = 3_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("railgun-reload-").FullName;

    private string Certificate => Path.Combine(_folder, "site.pem");

    private string Configuration => Path.Combine(_folder, "listener.json");

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Certificates_peers_and_routes_are_taken_over_and_no_stream_is_dropped()
    {
        int https = LoopbackPorts.Take(1)[0];
        await using RunningPair pair = await RunningPair.StartAsync(("RAILGUN_LOGGING__ACCESS", "false"));
        await pair.Pair.Listener.Child.StopAsync();
        WriteCertificate(0);
        WriteRoutes(0);
        pair.Pair.StartListener("--https", $"127.0.0.1:{https.ToString(CultureInfo.InvariantCulture)}", "--certificate", Certificate, "--config", Configuration);
        await pair.Pair.ReadyAsync();

        using HttpResponseMessage held = await pair.Client.GetAsync($"/gated/{2 * HalfSent}", HttpCompletionOption.ResponseHeadersRead);
        var outcomes = new Outcomes();
        using var stopping = new CancellationTokenSource();
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(seed => new ChaosClient(pair.Client, outcomes, seed).RunAsync(stopping.Token))];
        for (int round = 1; round <= Rounds; round++)
        {
            await ChangeAsync(pair, https, round);
        }

        await stopping.CancelAsync();
        await Task.WhenAll(clients);
        pair.Origin.OpenGate();
        byte[] body = await held.Content.ReadAsByteArrayAsync();
        Assert.That(body.AsSpan().SequenceEqual(SamplePage.Noise(2 * HalfSent, 2 * HalfSent)), "what was under way the whole time");
        Assert.That((outcomes.Failed, outcomes.Wrong.Count, outcomes.Served > 0), Is.EqualTo((0, 0, true)), outcomes.ToString());
        Assert.That(pair.Pair.Listener.Logs(), Does.Not.Contain("Lane down"));
    }

    private async Task ChangeAsync(RunningPair pair, int https, int round)
    {
        Daemon listener = pair.Pair.Listener;
        string peer = $"guest{round.ToString(CultureInfo.InvariantCulture)}";
        CommandResult trusted = await listener.CommandAsync("trust", "SHA256:" + Convert.ToBase64String(SHA256.HashData([(byte)round])).TrimEnd('=').Replace('+', '-').Replace('/', '_'), "--name", peer);
        Assert.That(trusted.ExitCode, Is.Zero, trusted.Errors);
        WriteCertificate(round);
        WriteRoutes(round);
        listener.Child.Send(Signal.HangUp);
        await Eventually.TrueAsync(() => SubjectOf(https) == Subject(round), "new clients see the new certificate");
        await Eventually.TrueAsync(() => RouteOf(pair.Client) == round, "the new routes hold");
    }

    private static string Subject(int round) => $"CN=round{round.ToString(CultureInfo.InvariantCulture)}.example";

    private void WriteCertificate(int round)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 made = new CertificateRequest(Subject(round), key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        Replace(Certificate, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private void WriteRoutes(int round) => Replace(Configuration, $$"""
        {
          "ReverseProxy": {
            "Routes": {
              "all": {
                "ClusterId": "site",
                "Match": { "Path": "{**rest}" },
                "Transforms": [ { "ResponseHeader": "X-Round", "Set": "{{round.ToString(CultureInfo.InvariantCulture)}}" } ]
              }
            },
            "Clusters": { "site": { "Destinations": { "one": { "Address": "http://{{Pair.SenderName}}.railgun/" } } } }
          }
        }
        """);

    // As renewal does it: whoever reads sees the old file or the new one.
    private static void Replace(string file, string text)
    {
        File.WriteAllText(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static string? SubjectOf(int port)
    {
        string? seen = null;
        using var socket = new TcpClient(IPAddress.Loopback.ToString(), port);
        using var stream = new SslStream(socket.GetStream(), false, (_, certificate, _, _) => (seen = certificate?.Subject) is not null);
        stream.AuthenticateAsClient("site.example");
        return seen;
    }

    private static int RouteOf(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/same/route");
        using HttpResponseMessage answer = client.Send(request);
        return int.Parse(answer.Headers.GetValues("X-Round").Single(), CultureInfo.InvariantCulture);
    }
}
