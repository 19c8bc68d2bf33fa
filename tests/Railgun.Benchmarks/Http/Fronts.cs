using System.Globalization;
using Railgun.Protocol.Identity;
using Railgun.Try.Processes;

namespace Railgun.Benchmarks.Http;

/// <summary>The origin, a pair of ours and a plain YARP pair in front of it, all on loopback, for as long as this lives.</summary>
internal sealed class Fronts : IAsyncDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("railgun-bench-");
    private readonly BenchOrigin _origin;
    private readonly Pair _pair;
    private readonly List<ChildProcess> _yarp = [];

    private Fronts(BenchOrigin origin)
    {
        _origin = origin;
        _pair = new Pair(_state.FullName);
    }

    /// <summary>The origin itself.</summary>
    public Front Straight => new("straight", _origin.Address, []);

    /// <summary>Our pair.</summary>
    public Front Railgun => new("Railgun", _pair.Address, [_pair.Listener.Child, _pair.Sender.Child]);

    /// <summary>The YARP pair; set once it runs.</summary>
    public Front Yarp { get; private set; } = null!;

    /// <summary>Starts all of them.</summary>
    public static async Task<Fronts> StartAsync()
    {
        var fronts = new Fronts(await BenchOrigin.StartAsync());
        await fronts._pair.TrustEachOtherAsync();
        fronts._pair.StartListener();
        fronts._pair.StartSender(fronts._origin.Address);
        await fronts._pair.ReadyAsync();
        await fronts.StartYarpAsync();
        return fronts;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ChildProcess child in _yarp)
        {
            await child.DisposeAsync();
        }

        await _pair.DisposeAsync();
        await _origin.DisposeAsync();
        _state.Delete(recursive: true);
    }

    private async Task StartYarpAsync()
    {
        using NodeIdentity identity = NodeIdentity.LoadOrCreate(Path.Combine(_state.FullName, "yarp"), "bench", TimeProvider.System);
        string certificate = Path.Combine(_state.FullName, "yarp", "identity.pem");
        int[] ports = LoopbackPorts.Take(2);
        string self = Environment.ProcessPath!;
        _yarp.Add(ChildProcess.Start(self, ["yarp", "edge", Text(ports[0]), $"https://127.0.0.1:{Text(ports[1])}", certificate]));
        _yarp.Add(ChildProcess.Start(self, ["yarp", "origin", Text(ports[1]), _origin.Address.GetLeftPart(UriPartial.Authority), certificate]));
        Yarp = new Front("YARP", new Uri($"http://127.0.0.1:{Text(ports[0])}/"), _yarp);
        await AnswersAsync(Yarp.Address);
    }

    private static async Task AnswersAsync(Uri address)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        for (int look = 0; ; look++)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri(address, "source/1"));
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (Exception e) when (look < 100 && e is HttpRequestException or TaskCanceledException)
            {
                await Task.Delay(100);
            }
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
