using System.Diagnostics;

namespace Railgun.Benchmarks.Floods;

/// <summary>Clients who mean no harm: one asks again and again on a connection that it keeps, and one on a new connection each time.</summary>
internal sealed class Others : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(5);

    private readonly List<double> _milliseconds = [];
    private readonly HttpClient[] _clients;
    private int _failed;

    /// <summary>Asks this one.</summary>
    public Others(FloodTarget target)
    {
        var address = new Uri($"http://127.0.0.1:{target.Http}/");
        HttpClient Client(bool keeps)
        {
            var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = Patience };
            client.DefaultRequestHeaders.ConnectionClose = !keeps;
            return client;
        }

        _clients = [Client(keeps: true), Client(keeps: false)];
    }

    /// <summary>Questions that were answered or not.</summary>
    public int Asked => _milliseconds.Count + _failed;

    /// <summary>Questions that were not, within <see cref="Patience"/>.</summary>
    public int Failed => _failed;

    /// <summary>How long answers took, at a share of all.</summary>
    public double At(double share) => _milliseconds.Count == 0 ? double.NaN : _milliseconds.Order().ElementAt((int)(share * (_milliseconds.Count - 1)));

    /// <summary>The first questions are not counted.</summary>
    public async Task WarmAsync()
    {
        for (int look = 0; look < 100; look++)
        {
            await Task.WhenAll(_clients.Select(client => AskAsync(client)));
            if (_failed == 0 && look >= 20)
            {
                break;
            }

            _failed = 0;
        }

        _milliseconds.Clear();
        _failed = 0;
    }

    /// <summary>Asks until it is cancelled.</summary>
    public Task AskAsync(CancellationToken over) => Task.WhenAll(_clients.Select(async client =>
    {
        while (!over.IsCancellationRequested)
        {
            await AskAsync(client);
            await Task.Delay(BetweenQuestions, CancellationToken.None);
        }
    }));

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());

    private async Task AskAsync(HttpClient client)
    {
        long start = Stopwatch.GetTimestamp();
        bool served = false;
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri("/", UriKind.Relative));
            served = answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // Counted below.
        }

        lock (_milliseconds)
        {
            if (served)
            {
                _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            else
            {
                _failed++;
            }
        }
    }
}
