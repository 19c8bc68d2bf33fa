using System.Net;
using System.Net.Sockets;
using System.Text;
using Railgun.Sender.Origin;
using Railgun.Sender.Origin.Http1;

namespace Railgun.Sender.Tests.Origin.Http1;

/// <summary>A longer body costs no more garbage than a shorter one.</summary>
[CancelAfter(60_000)]
internal sealed class SteadyStateTests
{
#if DEBUG
    private const int Most = 2048; // without optimisation each step of an async method is an object
#else
    private const int Most = 16;
#endif

    private const int Piece = 16 * 1024;

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_piece_allocates_nothing(bool isChunked)
    {
        const int Few = 200;
        const int Many = 2200;
        await MeasureAsync(isChunked, Many);
        double least = double.MaxValue;
        for (int i = 0; i < 5 && least >= Most; i++)
        {
            // The whole process is counted: what another test's threads still do may fall into one measurement, but not into all.
            long few = await MeasureAsync(isChunked, Few);
            long many = await MeasureAsync(isChunked, Many);
            least = Math.Min(least, (double)(many - few) / (Many - Few));
        }

        Assert.That(least, Is.LessThan(Most), "Bytes for each piece of 16 KB.");
    }

    private static Task<long> MeasureAsync(bool isChunked, int pieces) => Task.Run(async () =>
    {
        using Socket listener = new(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Thread serving = new(() => Serve(listener, isChunked, pieces));
        serving.Start();
        using Http1Origin origin = Asking.Make(((IPEndPoint)listener.LocalEndPoint!).Port);
        await using IOriginExchange exchange = origin.Ask(Asking.Head("GET"), null, CancellationToken.None);
        Assert.That((await exchange.ReadAsync(default)).Head?.Status, Is.EqualTo(200));
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        OriginEvent next;
        while ((next = await exchange.ReadAsync(buffer)).Kind == OriginEventKind.Data)
        {
            total += next.Length;
        }

        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.That((next.Kind, total), Is.EqualTo((OriginEventKind.End, (long)pieces * Piece)));
        serving.Join();
        return allocated;
    });

    // On a thread of its own and with blocking calls, so that it makes no garbage either.
    private static void Serve(Socket listener, bool isChunked, int pieces)
    {
        byte[] piece = [.. isChunked ? "4000\r\n"u8 : ""u8, .. new byte[Piece], .. isChunked ? "\r\n"u8 : ""u8];
        using Socket socket = listener.Accept();
        socket.Receive(new byte[4096]);
        socket.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{(isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {pieces * Piece}")}\r\n\r\n"));
        for (int i = 0; i < pieces; i++)
        {
            socket.Send(piece);
        }

        if (isChunked)
        {
            socket.Send("0\r\n\r\n"u8);
        }
    }
}
