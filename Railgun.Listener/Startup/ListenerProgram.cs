using Railgun.Hosting.Commands;
using Railgun.Hosting.Running;

namespace Railgun.Listener.Startup;

/// <summary>What the command line knows of the listener.</summary>
internal static class ListenerProgram
{
    /// <summary>The description.</summary>
    public static DaemonDescription<ListenerOptions> Description => new()
    {
        Role = DaemonRole.Listener,
        Summary = "Serves a site's clients at the edge. It fetches pages from railgun-sender, which runs beside the origin web server, and only what changed crosses the line.",
        Schema = ListenerJson.Default.ListenerOptions,
        Flags =
        [
            new DaemonFlag("--http", "http", "IP:PORT", "serve clients here by HTTP/1.1 (default 0.0.0.0:8080)", Repeated: true),
            new DaemonFlag("--https", "https", "IP:PORT", "serve clients here by HTTP/1.1 and HTTP/2 with TLS", Repeated: true),
            new DaemonFlag("--h2c", "h2c", "IP:PORT", "serve clients here by HTTP/2 without TLS", Repeated: true),
            new DaemonFlag("--certificate", "tls.certificate", "FILE", "the certificate for --https, PEM"),
            new DaemonFlag("--key", "tls.key", "FILE", "its private key, PEM"),
            new DaemonFlag("--link", "link.listen", "IP:PORT", "accept senders' lanes here (default 0.0.0.0:2408)", Repeated: true),
            new DaemonFlag("--sender", "link.dial", "HOST:PORT", "dial a sender here, where senders can't dial out", Repeated: true),
            new DaemonFlag("--direct", "direct", "URL", "ask the origin here while no sender is connected"),
        ],
        FlagsOfTheOtherSide = ["--origin", "--listener"],
        Examples =
        [
            new CommandExample("railgun-listener --http 0.0.0.0:80 --link 0.0.0.0:2408", "serve clients on port 80"),
            new CommandExample("railgun-listener trust FINGERPRINT --name shop", "let the sender with this key connect"),
        ],
        Create = static context => new ListenerDaemon(context),
    };
}
