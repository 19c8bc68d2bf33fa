using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Railgun.TestKit;

namespace Railgun.Benchmarks.Floods;

/// <summary>One kind of flood: some connections, each of which does the same until the time is up, and comes again when it is thrown out.</summary>
/// <param name="Name">What it is called in the tables.</param>
/// <param name="IsHttp2">Which port it goes to.</param>
/// <param name="Connections">How many connections at one time.</param>
/// <param name="First">What each sends first, behind HTTP/2's preface.</param>
/// <param name="Again">What it then sends over and over; given how often it has.</param>
/// <param name="Pause">Between two of these.</param>
internal sealed record Flood(string Name, bool IsHttp2, int Connections, byte[] First, Func<int, byte[]> Again, TimeSpan Pause)
{
    private readonly ConcurrentQueue<double> _lived = [];
    private long _sent;

    /// <summary>How long it takes at least to see what becomes of it; zero where that shows at once.</summary>
    public TimeSpan Least { get; init; }

    /// <summary>Bytes sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>How long the connections lived that were closed by the other side, in seconds, the shortest first.</summary>
    public IReadOnlyList<double> Lived => [.. _lived.Order()];

    /// <summary>Floods until it is cancelled.</summary>
    public Task RunAsync(FloodTarget target, CancellationToken over)
    {
        _sent = 0;
        _lived.Clear();
        return Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => AttackAsync(target, over), CancellationToken.None)));
    }

    private async Task AttackAsync(FloodTarget target, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            long start = Stopwatch.GetTimestamp();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, IsHttp2 ? target.H2c : target.Http, over);
                await SendAsync(socket, DrainAsync(socket, over), over);
            }
            catch (SocketException)
            {
                // Closed while it was written to.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (!over.IsCancellationRequested)
            {
                _lived.Enqueue(Stopwatch.GetElapsedTime(start).TotalSeconds);
                await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            }
        }
    }

    private async Task SendAsync(Socket socket, Task reading, CancellationToken over)
    {
        await WriteAsync(socket, [.. IsHttp2 ? H2Frames.Preface : [], .. First], over);
        for (int i = 0; !reading.IsCompleted; i++)
        {
            await Task.WhenAny(reading, Task.Delay(Pause, over));
            over.ThrowIfCancellationRequested();
            await WriteAsync(socket, Again(i), over);
        }
    }

    private async Task WriteAsync(Socket socket, byte[] bytes, CancellationToken over)
    {
        await socket.SendAsync(bytes, over);
        Interlocked.Add(ref _sent, bytes.Length);
    }

    private static async Task DrainAsync(Socket socket, CancellationToken over)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, over) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The end as well.
        }
    }
}
