using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;

namespace Railgun.Benchmarks.Http;

/// <summary>An event stream through each front and straight, at the same time: from the origin's telling to the client's having, and what the front adds.</summary>
internal static class EventsBenchmark
{
    // The first ones warm the way.
    private const int Skipped = 50;

    /// <summary>Runs it and prints its table.</summary>
    public static async Task RunAsync(Fronts fronts, TimeSpan span)
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"event streams, one event in {BenchOrigin.Interval.TotalMilliseconds} ms, {span.TotalSeconds} s, all at the same time; us from telling to having"));
        Front[] all = [fronts.Straight, fronts.Railgun, fronts.Yarp];
        double[][] delays = await Task.WhenAll(all.Select(front => FollowAsync(front, span)));
        for (int i = 0; i < all.Length; i++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {all[i].Name,-9} p50 {At(delays[i], 0.5),6:0}   p99 {At(delays[i], 0.99),6:0}   added: p50 {At(delays[i], 0.5) - At(delays[0], 0.5),6:0}   p99 {At(delays[i], 0.99) - At(delays[0], 0.99),6:0}   ({delays[i].Length} events)"));
        }
    }

    private static async Task<double[]> FollowAsync(Front front, TimeSpan span)
    {
        using var http = new HttpClient { BaseAddress = front.Address };
        using var over = new CancellationTokenSource(span);
        await using Stream stream = await http.GetStreamAsync(new Uri("events", UriKind.Relative));
        var reader = PipeReader.Create(stream);
        var delays = new List<double>();
        try
        {
            while (true)
            {
                ReadResult read = await reader.ReadAsync(over.Token);
                long now = Stopwatch.GetTimestamp();
                reader.AdvanceTo(read.Buffer.GetPosition(Take(read.Buffer.ToArray(), now, delays)), read.Buffer.End);
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up.
        }

        return [.. delays.Skip(Skipped).Order()];
    }

    // Bytes of whole events.
    private static int Take(ReadOnlySpan<byte> bytes, long now, List<double> delays)
    {
        int taken = 0;
        while (bytes[taken..].IndexOf("\n\n"u8) is >= 0 and int end)
        {
            if (Utf8Parser.TryParse(bytes.Slice(taken + 6, end - 6), out long told, out _))
            {
                delays.Add(Stopwatch.GetElapsedTime(told, now).TotalMicroseconds);
            }

            taken += end + 2;
        }

        return taken;
    }

    private static double At(double[] sorted, double part) => sorted[(int)(part * (sorted.Length - 1))];
}
