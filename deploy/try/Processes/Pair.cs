using System.Globalization;
using System.Net;

namespace Railgun.Try.Processes;

/// <summary>A listener and a sender on loopback, each with a key of its own below one folder, paired by the commands that a user would type.</summary>
internal sealed class Pair : IAsyncDisposable
{
    /// <summary>The name under which the listener trusts the sender; the origin's name in its routes.</summary>
    public const string SenderName = "origin";

    /// <summary>The name under which the sender trusts the listener.</summary>
    public const string ListenerName = "edge";

    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Prepares a pair whose keys lie below <paramref name="folder"/>; nothing is started.</summary>
    /// <param name="folder">Gets one state directory a side.</param>
    /// <param name="httpPort">Where the listener serves clients; 0 for any free port.</param>
    public Pair(string folder, int httpPort = 0)
    {
        int[] ports = LoopbackPorts.Take(4);
        HttpPort = httpPort == 0 ? ports[0] : httpPort;
        LinkPort = ports[1];
        Listener = new Daemon("listener", Executables.Listener, Path.Combine(folder, "listener"), ports[2]);
        Sender = new Daemon("sender", Executables.Sender, Path.Combine(folder, "sender"), ports[3]);
    }

    /// <summary>The edge's side.</summary>
    public Daemon Listener { get; }

    /// <summary>The origin's side.</summary>
    public Daemon Sender { get; }

    /// <summary>Where the listener serves clients.</summary>
    public int HttpPort { get; }

    /// <summary>Where the listener takes the link.</summary>
    public int LinkPort { get; }

    /// <summary>The address that clients ask.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{HttpPort}/"));

    /// <summary>Gives each side the other's fingerprint. Returns the commands that did it, as a user would type them, with what they printed.</summary>
    public async Task<IReadOnlyList<string>> TrustEachOtherAsync()
    {
        var typed = new List<string>();
        string sender = await IdentityAsync(Sender, typed);
        string listener = await IdentityAsync(Listener, typed);
        await RunAsync(Listener, typed, "trust", sender, "--name", SenderName);
        await RunAsync(Sender, typed, "trust", listener, "--name", ListenerName);
        return typed;
    }

    /// <summary>Starts the listener.</summary>
    public void StartListener(params IEnumerable<string> more) => Listener.Start(
        ["--http", Loopback(HttpPort), "--link", Loopback(LinkPort), .. more]);

    /// <summary>Starts the sender in front of an origin.</summary>
    public void StartSender(Uri origin, params IEnumerable<string> more) => Sender.Start(
        ["--listener", Loopback(LinkPort), "--origin", origin.GetLeftPart(UriPartial.Authority), .. more]);

    /// <summary>Waits until both sides say that they are ready.</summary>
    /// <exception cref="PairFailedException">One of them ended, or is not ready after 20 s.</exception>
    public async Task ReadyAsync(CancellationToken cancellation = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ReadyPatience);
        foreach (Daemon daemon in (Daemon[])[Listener, Sender])
        {
            while (!await IsReadyAsync(daemon, cancellation))
            {
                if (!daemon.IsRunning || patience.IsCancellationRequested)
                {
                    throw new PairFailedException($"The {daemon.Name} {(daemon.IsRunning ? "is not ready" : "ended")}.\n{Logs()}");
                }

                await Task.Delay(BetweenLooks, cancellation);
            }
        }
    }

    /// <summary>What an admin endpoint answers.</summary>
    public Task<string> AdminAsync(Daemon daemon, string path, CancellationToken cancellation = default) =>
        _http.GetStringAsync(new Uri(daemon.Admin, path), cancellation);

    /// <summary>What both wrote last.</summary>
    public string Logs() => Listener.Logs() + "\n" + Sender.Logs();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Listener.DisposeAsync().AsTask(), Sender.DisposeAsync().AsTask());
        _http.Dispose();
    }

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private static async Task<string> IdentityAsync(Daemon daemon, List<string> typed)
    {
        string output = await RunAsync(daemon, typed, "identity");
        return output.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries).First(word => word.StartsWith("SHA256:", StringComparison.Ordinal));
    }

    private static async Task<string> RunAsync(Daemon daemon, List<string> typed, params string[] arguments)
    {
        CommandResult result = await daemon.CommandAsync(arguments);
        string line = $"{Path.GetFileName(daemon.File)} {string.Join(' ', arguments)} --state {daemon.State}";
        if (result.ExitCode != 0)
        {
            throw new PairFailedException($"`{line}` ended with {result.ExitCode}:\n{result.Output}\n{result.Errors}");
        }

        typed.Add("$ " + line);
        typed.AddRange(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return result.Output;
    }

    private async Task<bool> IsReadyAsync(Daemon daemon, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(new Uri(daemon.Admin, "ready"), cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
