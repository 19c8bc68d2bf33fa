using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Railgun.EndToEnd.Harness;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Identity;
using Railgun.Try.Processes;

namespace Railgun.EndToEnd;

/// <summary>Whoever is no peer is refused, and both sides say so.</summary>
internal sealed class RefusalTests
{
    private RunningPair _pair = null!;

    [SetUp]
    public async Task StartAsync() => _pair = await RunningPair.StartAsync();

    [TearDown]
    public ValueTask StopAsync() => _pair.DisposeAsync();

    [Test]
    public async Task A_sender_with_an_unknown_key_is_refused_and_both_sides_log_the_line_that_would_trust_it()
    {
        string folder = Directory.CreateTempSubdirectory("railgun-stranger-").FullName;
        try
        {
            string listener = (await _pair.Pair.Listener.CommandAsync("identity")).Output;
            await using var stranger = new Daemon("stranger", Executables.Sender, folder, LoopbackPorts.Take(1)[0]);
            string key = FingerprintIn((await stranger.CommandAsync("identity")).Output);
            await stranger.CommandAsync("trust", FingerprintIn(listener), "--name", "edge");
            stranger.Start("--listener", $"127.0.0.1:{_pair.Pair.LinkPort}", "--origin", _pair.Origin.Address.ToString());
            await RunningPair.LoggedAsync(_pair.Pair.Listener, "trust " + key);
            await RunningPair.LoggedAsync(stranger, "trust " + key);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await _pair.PageAsync("/page/unharmed");
    }

    [Test]
    public async Task A_listener_with_an_unknown_key_is_refused_by_the_sender_and_both_sides_say_so()
    {
        await _pair.Pair.Sender.Child.StopAsync();
        await _pair.Pair.Sender.CommandAsync("trust", "--remove", Pair.ListenerName);
        string listener = FingerprintIn((await _pair.Pair.Listener.CommandAsync("identity")).Output);
        _pair.StartSender();
        await RunningPair.LoggedAsync(_pair.Pair.Sender, "trust " + listener);
        await RunningPair.LoggedAsync(_pair.Pair.Listener, "refused");
    }

    [Test]
    public async Task Plain_text_on_the_links_port_is_refused()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _pair.Pair.LinkPort);
        await socket.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        await ExpectClosedAsync(new NetworkStream(socket));
        await RunningPair.LoggedAsync(_pair.Pair.Listener, "127.0.0.1", "TLS");
        await _pair.PageAsync("/page/unharmed");
    }

    [Test]
    public async Task A_peer_without_a_certificate_is_refused()
    {
        await using SslStream tls = await ConnectAsync();
        await HandshakeAndExpectClosedAsync(tls, new SslClientAuthenticationOptions
        {
            TargetHost = "railgun",
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = [LinkTls.Protocol],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
        await RunningPair.LoggedAsync(_pair.Pair.Listener, "certificate");
    }

    [Test]
    public async Task Another_protocol_by_ALPN_is_refused()
    {
        await using SslStream tls = await ConnectAsync();
        using NodeIdentity identity = SenderIdentity();
        SslClientAuthenticationOptions options = LinkTls.ForDialling(identity, "railgun", new PresentedKey());
        options.ApplicationProtocols = [SslApplicationProtocol.Http2];
        await HandshakeAndExpectClosedAsync(tls, options);
        await RunningPair.LoggedAsync(_pair.Pair.Listener, "ALPN");
    }

    [Test]
    public async Task Another_version_of_the_wire_format_is_refused_in_words()
    {
        await using SslStream tls = await ConnectAsync();
        using NodeIdentity identity = SenderIdentity();
        await tls.AuthenticateAsClientAsync(LinkTls.ForDialling(identity, "railgun", new PresentedKey()));
        using var hello = new FrameBuffer(1024);
        using var fields = new FrameBuffer(1024);
        HelloFrame.WriteFields(fields, new Hello { Role = LinkRole.Sender, MinVersion = 98, MaxVersion = 99, Instance = Guid.NewGuid(), Epoch = 1, Software = "from the future" });
        hello.WriteHeader(new FrameHeader(FrameType.Hello, FrameFlags.None, 0), fields.Length);
        hello.Write(fields.WrittenSpan);
        await tls.WriteAsync(hello.WrittenMemory);

        (HelloStatus status, string text) = await ReadAnswerAsync(tls);
        Assert.That(status, Is.EqualTo(HelloStatus.Version));
        Assert.That(text, Does.Contain("wire format").And.Contain("98"));
        await RunningPair.LoggedAsync(_pair.Pair.Listener, "wire format", "98");
    }

    private static string FingerprintIn(string text) =>
        text.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries).First(word => word.StartsWith(Fingerprint.Prefix, StringComparison.Ordinal));

    private static async Task ExpectClosedAsync(Stream stream)
    {
        try
        {
            Assert.That(await stream.ReadAsync(new byte[1]), Is.Zero);
        }
        catch (IOException)
        {
            // Closed as well, in a ruder way.
        }
    }

    // TLS 1.3 ends for the client before the server has judged it: the refusal may come in the handshake or at the first read.
    private static async Task HandshakeAndExpectClosedAsync(SslStream tls, SslClientAuthenticationOptions options)
    {
        try
        {
            await tls.AuthenticateAsClientAsync(options);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return;
        }

        await ExpectClosedAsync(tls);
    }

    private static async Task<(HelloStatus Status, string Text)> ReadAnswerAsync(SslStream tls)
    {
        byte[] bytes = new byte[4096];
        int have = 0;
        while (have < bytes.Length)
        {
            int read = await tls.ReadAsync(bytes.AsMemory(have));
            Assert.That(read, Is.Positive, "closed without an answer to hello");
            have += read;
            if (Parse(bytes.AsSpan(0, have)) is { } answer)
            {
                return answer;
            }
        }

        throw new AssertionException("No answer to hello.");
    }

    private static (HelloStatus Status, string Text)? Parse(ReadOnlySpan<byte> bytes)
    {
        while (FrameHeader.Read(bytes, out FrameHeader header, out ReadOnlySpan<byte> payload, out int length) == FrameStatus.Done)
        {
            if (header.Type == FrameType.HelloAnswer)
            {
                Assert.That(HelloAnswerFrame.TryRead(payload, out HelloStatus status, out string text, out _));
                return (status, text);
            }

            bytes = bytes[length..];
        }

        return null;
    }

    private NodeIdentity SenderIdentity() => NodeIdentity.LoadOrCreate(_pair.Pair.Sender.State, "origin", TimeProvider.System);

    private async Task<SslStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _pair.Pair.LinkPort);
        return new SslStream(new NetworkStream(socket, ownsSocket: true));
    }
}
