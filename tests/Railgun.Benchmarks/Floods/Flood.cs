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
    private long _sent;
    private long _thrownOut;

    /// <summary>Bytes sent, and how often a connection was closed by the other side.</summary>
    public (long Bytes, long ThrownOut) Done => (Interlocked.Read(ref _sent), Interlocked.Read(ref _thrownOut));

    /// <summary>Floods until it is cancelled.</summary>
    public Task RunAsync(FloodTarget target, CancellationToken over)
    {
        (_sent, _thrownOut) = (0, 0);
        return Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => AttackAsync(target, over), CancellationToken.None)));
    }

    private async Task AttackAsync(FloodTarget target, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, IsHttp2 ? target.H2c : target.Http, over);
                Task reading = DrainAsync(socket, over);
                await SendAsync(socket, reading, over);
                Interlocked.Increment(ref _thrownOut);
                await Task.Delay(TimeSpan.FromMilliseconds(10), over);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                Interlocked.Add(ref _thrownOut, e is SocketException ? 1 : 0);
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
