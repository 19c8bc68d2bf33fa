using Railgun.Hosting.Commands;
using Railgun.Hosting.Running;

namespace Railgun.Sender.Startup;

/// <summary>What the command line knows of the sender.</summary>
internal static class SenderProgram
{
    /// <summary>The description.</summary>
    public static DaemonDescription<SenderOptions> Description => new()
    {
        Role = DaemonRole.Sender,
        Summary = "Sends a site's pages from beside its origin web server. It dials railgun-listener, which serves the clients at the edge, and only what changed crosses the line.",
        Schema = SenderJson.Default.SenderOptions,
        Flags =
        [
            new DaemonFlag("--listener", "link.dial", "HOST:PORT", "Dial this listener (port 2408 if none is given)", Repeated: true),
            new DaemonFlag("--origin", "origin.url", "URL", "Where the origin web server is, such as http://127.0.0.1:8080"),
            new DaemonFlag("--link", "link.listen", "IP:PORT", "Accept listeners' lanes here, where this side can't dial out", Repeated: true),
            new DaemonFlag("--lanes", "link.lanes", "N", "Lanes to each listener [default: 2]"),
            new DaemonFlag("--store", "store.capacity", "SIZE", "Memory for versions of pages [default: 256MiB]"),
        ],
        FlagsOfTheOtherSide = ["--http", "--https", "--h2c", "--sender", "--direct"],
        Examples =
        [
            new CommandExample("railgun-sender --listener edge.example:2408 --origin http://127.0.0.1:8080", "send the pages of the web server on port 8080"),
            new CommandExample("railgun-sender trust FINGERPRINT --name edge", "let the listener with this key have them"),
        ],
        Create = static context => new SenderDaemon(context),
    };
}
