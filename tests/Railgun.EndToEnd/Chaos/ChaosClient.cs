using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Railgun.EndToEnd.Harness;
using Railgun.Protocol.Engine;

namespace Railgun.EndToEnd.Chaos;

/// <summary>
/// Asks again and again for pages that change, for noise, and for its own bytes back, and holds each whole answer against what it must be. After a failure it waits,
/// as clients do, and twice as long after each further one: what is counted is how often something went wrong, and not how fast one can ask where nobody listens.
/// </summary>
/// <param name="client">Asks the listener.</param>
/// <param name="outcomes">Where to note what becomes of it.</param>
/// <param name="seed">Decides what it asks for.</param>
internal sealed class ChaosClient(HttpClient client, Outcomes outcomes, int seed)
{
    private const int Pages = 6;
    private const int MostBytes = 300_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Random _random = new(seed);

    /// <summary>Asks until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        TimeSpan pause = Pause;
        while (!stopping.IsCancellationRequested)
        {
            bool answered = await AskAsync();
            pause = answered ? Pause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause * (0.5 + _random.NextDouble()), CancellationToken.None);
        }
    }

    /// <summary>Asks once.</summary>
    /// <returns>Whether it got an answer, right or wrong.</returns>
    public async Task<bool> AskAsync()
    {
        try
        {
            return await (_random.Next(10) switch
            {
                0 => NoiseAsync(_random.Next(1, MostBytes)),
                1 or 2 => EchoAsync(_random.Next(1, MostBytes)),
                _ => PageAsync($"chaos{_random.Next(Pages)}"),
            });
        }
        catch (HttpRequestException e)
        {
            return outcomes.Fail(e.StatusCode is null ? $"connection: {CauseOf(e)}" : "body broken off");
        }
        catch (IOException)
        {
            return outcomes.Fail("body broken off");
        }
        catch (OperationCanceledException)
        {
            return outcomes.Fail("no answer in time");
        }
    }

    private static string CauseOf(HttpRequestException e)
    {
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
            {
                return socket.SocketErrorCode.ToString();
            }
        }

        return e.HttpRequestError.ToString();
    }

    private async Task<bool> PageAsync(string name)
    {
        using HttpResponseMessage answer = await client.GetAsync($"/page/{name}", HttpCompletionOption.ResponseHeadersRead);
        if (await WholeAsync(answer) is not { } body)
        {
            return false;
        }

        int version = int.Parse(answer.Headers.GetValues("X-Version").Single(), CultureInfo.InvariantCulture);
        return Check(body, SamplePage.Make(name, version), $"{name}, version {version}");
    }

    private async Task<bool> NoiseAsync(int length)
    {
        using HttpResponseMessage answer = await client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/noise/{length}"), HttpCompletionOption.ResponseHeadersRead);
        return await WholeAsync(answer) is { } body && Check(body, SamplePage.Noise(length, length), $"{length} bytes of noise");
    }

    private async Task<bool> EchoAsync(int length)
    {
        byte[] sent = SamplePage.Noise(length, length + 1);
        using var content = new ByteArrayContent(sent);
        using HttpResponseMessage answer = await client.PostAsync("/echo", content);
        return await WholeAsync(answer) is { } body && Check(body, sent, $"an echo of {length} bytes");
    }

    private async Task<byte[]?> WholeAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            outcomes.Fail($"{(int)answer.StatusCode} {(answer.Headers.TryGetValues(ErrorField.Name, out IEnumerable<string>? causes) ? causes.First() : "of another's")}");
            return null;
        }

        return await answer.Content.ReadAsByteArrayAsync();
    }

    private bool Check(byte[] got, byte[] expected, string what)
    {
        if (got.AsSpan().SequenceEqual(expected))
        {
            outcomes.Serve();
        }
        else
        {
            outcomes.Mistake($"{what}: {got.Length} bytes, the first that differs is {got.AsSpan().CommonPrefixLength(expected)}");
        }

        return true;
    }
}
