using System.Diagnostics;
using System.Globalization;

namespace Railgun.Benchmarks.Http;

/// <summary>One large body through one front: how fast, for how much work, and what it left in memory.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="CpuSeconds">Processor time of both programs.</param>
/// <param name="Before">Resident bytes of each program when it began.</param>
/// <param name="Peak">The most while it ran.</param>
internal sealed record BulkRun(double Seconds, double CpuSeconds, long[] Before, long[] Peak)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>Sends or fetches <paramref name="bytes"/>.</summary>
    public static async Task<BulkRun> OfAsync(Front front, bool isUpload, long bytes)
    {
        using var http = new HttpClient { BaseAddress = front.Address, Timeout = Timeout.InfiniteTimeSpan };
        long[] before = front.Resident();
        TimeSpan cpu = front.ProcessorTime();
        long start = Stopwatch.GetTimestamp();
        Task transfer = isUpload ? UploadAsync(http, bytes) : DownloadAsync(http, bytes);
        long[] peak = [.. before];
        while (await Task.WhenAny(transfer, Task.Delay(BetweenLooks)) != transfer)
        {
            long[] now = front.Resident();
            for (int i = 0; i < now.Length; i++)
            {
                peak[i] = Math.Max(peak[i], now[i]);
            }
        }

        await transfer;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new BulkRun(seconds, (front.ProcessorTime() - cpu).TotalSeconds, before, peak);
    }

    private static async Task UploadAsync(HttpClient http, long bytes)
    {
        using var content = new NoiseContent(bytes);
        using HttpResponseMessage answer = await http.PutAsync(new Uri("sink", UriKind.Relative), content);
        Check(bytes, long.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture));
    }

    private static async Task DownloadAsync(HttpClient http, long bytes)
    {
        var what = new Uri(string.Create(CultureInfo.InvariantCulture, $"source/{bytes}"), UriKind.Relative);
        using HttpResponseMessage answer = await http.GetAsync(what, HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[Noise.Piece];
        long taken = 0;
        while (await body.ReadAsync(buffer) is > 0 and int read)
        {
            taken += read;
        }

        Check(bytes, taken);
    }

    private static void Check(long expected, long seen)
    {
        if (seen != expected)
        {
            throw new InvalidOperationException($"{seen} bytes came of {expected}.");
        }
    }
}
