using System.Globalization;
using System.Net;
using Railgun.EndToEnd.Harness;
using Railgun.Protocol.Engine;

namespace Railgun.EndToEnd.Chaos;

/// <summary>Asks without a pause for pages that change, for noise, and for its own bytes back, and holds each whole answer against what it must be.</summary>
/// <param name="client">Asks the listener.</param>
/// <param name="outcomes">Where to note what becomes of it.</param>
/// <param name="seed">Decides what it asks for.</param>
internal sealed class ChaosClient(HttpClient client, Outcomes outcomes, int seed)
{
    private const int Pages = 6;
    private const int MostBytes = 300_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Random _random = new(seed);

    /// <summary>Asks until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await AskAsync();

            // Where nobody listens a request takes no time: what counts is how long it lasts.
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>Asks once.</summary>
    public async Task AskAsync()
    {
        try
        {
            await (_random.Next(10) switch
            {
                0 => NoiseAsync(_random.Next(1, MostBytes)),
                1 or 2 => EchoAsync(_random.Next(1, MostBytes)),
                _ => PageAsync($"chaos{_random.Next(Pages)}"),
            });
        }
        catch (HttpRequestException e)
        {
            outcomes.Fail(e.StatusCode is null ? $"connection: {e.HttpRequestError}" : "body broken off");
        }
        catch (IOException)
        {
            outcomes.Fail("body broken off");
        }
        catch (OperationCanceledException)
        {
            outcomes.Fail("no answer in time");
        }
    }

    private async Task PageAsync(string name)
    {
        using HttpResponseMessage answer = await client.GetAsync($"/page/{name}", HttpCompletionOption.ResponseHeadersRead);
        if (await WholeAsync(answer) is { } body)
        {
            int version = int.Parse(answer.Headers.GetValues("X-Version").Single(), CultureInfo.InvariantCulture);
            Check(body, SamplePage.Make(name, version), $"{name}, version {version}");
        }
    }

    private async Task NoiseAsync(int length)
    {
        using HttpResponseMessage answer = await client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/noise/{length}"), HttpCompletionOption.ResponseHeadersRead);
        if (await WholeAsync(answer) is { } body)
        {
            Check(body, SamplePage.Noise(length, length), $"{length} bytes of noise");
        }
    }

    private async Task EchoAsync(int length)
    {
        byte[] sent = SamplePage.Noise(length, length + 1);
        using var content = new ByteArrayContent(sent);
        using HttpResponseMessage answer = await client.PostAsync("/echo", content);
        if (await WholeAsync(answer) is { } body)
        {
            Check(body, sent, $"an echo of {length} bytes");
        }
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

    private void Check(byte[] got, byte[] expected, string what)
    {
        if (got.AsSpan().SequenceEqual(expected))
        {
            outcomes.Serve();
        }
        else
        {
            outcomes.Mistake($"{what}: {got.Length} bytes, the first that differs is {got.AsSpan().CommonPrefixLength(expected)}");
        }
    }
}
