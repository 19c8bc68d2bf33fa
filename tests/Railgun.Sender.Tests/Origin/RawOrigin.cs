using System.Net;
using System.Net.Sockets;

namespace Railgun.Sender.Tests.Origin;

/// <summary>An origin on loopback that answers each connection with a script, so that the very bytes can be seen and broken.</summary>
internal sealed class RawOrigin : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));
    private readonly Task _accepting;
    private int _connections;

    public RawOrigin(Func<RawConnection, Task> script)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        _accepting = AcceptAsync(script);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>An origin that answers every request on every connection with the same bytes.</summary>
    public static RawOrigin Answering(string response, List<string>? heads = null) => new(async connection =>
    {
        while (await connection.ReadHeadAsync() is { Length: > 0 } head)
        {
            heads?.Add(head);
            await connection.WriteAsync(response);
        }
    });

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<RawConnection, Task> script)
    {
        List<Task> scripts = [];
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                scripts.Add(RunAsync(socket, script));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        await Task.WhenAll(scripts);
    }

    private async Task RunAsync(Socket socket, Func<RawConnection, Task> script)
    {
        using RawConnection connection = new(socket, _stop.Token);
        try
        {
            await script(connection);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client's end is gone: what the test looks at is what the client saw.
        }
    }
}
