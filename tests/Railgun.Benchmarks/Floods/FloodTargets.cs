using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Railgun.Try.Processes;

namespace Railgun.Benchmarks.Floods;

/// <summary>A pair of ours with an origin behind it, and Kestrel alone, for as long as this lives.</summary>
internal sealed class FloodTargets : IAsyncDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("railgun-floods-");
    private readonly Pair _pair;
    private readonly List<ChildProcess> _kestrels = [];

    private FloodTargets() => _pair = new Pair(_state.FullName);

    /// <summary>All of them; set once they run.</summary>
    public IReadOnlyList<FloodTarget> All { get; private set; } = [];

    /// <summary>What both answer everything with, so that neither has work of its own; what is sent they hear to its end first.</summary>
    public static void Map(WebApplication app) => app.MapFallback(static async context =>
    {
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await context.Response.WriteAsync("ok");
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It was too slow, or is gone.
        }
    });

    /// <summary>Starts all of them.</summary>
    public static async Task<FloodTargets> StartAsync()
    {
        var targets = new FloodTargets();
        Pair pair = targets._pair;
        int[] ports = LoopbackPorts.Take(5);

        // An origin in this process would share its threads with the floods.
        targets.StartKestrel(ports[3], ports[4]);
        await pair.TrustEachOtherAsync();
        pair.Listener.Environment["RAILGUN_H2C"] = $"127.0.0.1:{Text(ports[0])}";
        pair.Listener.Environment["RAILGUN_LOGGING__ACCESS"] = "false";
        pair.Sender.Environment["RAILGUN_LOGGING__ACCESS"] = "false";
        pair.StartListener();
        pair.StartSender(new Uri($"http://127.0.0.1:{Text(ports[3])}"));
        await pair.ReadyAsync();
        ChildProcess kestrel = targets.StartKestrel(ports[1], ports[2]);
        targets.All =
        [
            new FloodTarget("Railgun", pair.HttpPort, ports[0], [pair.Listener.Child, pair.Sender.Child]),
            new FloodTarget("Kestrel", ports[1], ports[2], [kestrel]),
        ];
        return targets;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _pair.DisposeAsync();
        foreach (ChildProcess kestrel in _kestrels)
        {
            await kestrel.DisposeAsync();
        }

        _state.Delete(recursive: true);
    }

    private ChildProcess StartKestrel(int http, int h2c)
    {
        ChildProcess kestrel = ChildProcess.Start(Environment.ProcessPath!, ["kestrel", Text(http), Text(h2c)]);
        _kestrels.Add(kestrel);
        return kestrel;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
